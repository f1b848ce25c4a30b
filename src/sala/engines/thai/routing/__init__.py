"""Sort Thai texts into topics: train, predict with reasons, evaluate; or start from topic names alone."""

from sala.engines.thai.routing.evaluation import evaluate
from sala.engines.thai.routing.model import Model, ModelFileError, Prediction, read_model
from sala.engines.thai.routing.training import PROMISES, TrainingDataError, start, train

__all__ = [
    "PROMISES",
    "Model",
    "ModelFileError",
    "Prediction",
    "TrainingDataError",
    "evaluate",
    "read_model",
    "start",
    "train",
]
