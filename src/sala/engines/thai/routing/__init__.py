"""Sort Thai texts into topics: predict with reasons, evaluate. Learning is in `routing.training`.

Learning is not imported here: it brings scikit-learn, seconds of start for every process that only predicts.
"""

from sala.engines.thai.routing.emergencies import is_emergency
from sala.engines.thai.routing.evaluation import evaluate
from sala.engines.thai.routing.model import Model, ModelFileError, Prediction, read_model
from sala.engines.thai.routing.picture import to_svg

__all__ = ["Model", "ModelFileError", "Prediction", "evaluate", "is_emergency", "read_model", "to_svg"]
