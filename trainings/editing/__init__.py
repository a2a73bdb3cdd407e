"""What the editors of trainings work with: how the fields of a page are laid out, and deleting drafts that come to nothing."""
