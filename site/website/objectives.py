"""The four objectives, as the website's own code names them; the definition is in `shared`, which every room may import."""

from shared.objectives import CASEWORK, KNOWLEDGE, OBJECTIVES, PULSE, TRAININGS, Objective, Work

__all__ = ["CASEWORK", "KNOWLEDGE", "OBJECTIVES", "PULSE", "TRAININGS", "Objective", "Work"]
