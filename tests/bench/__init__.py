"""`make bench`: figures as ratios within one run, against a bare Django view on the same machine."""
