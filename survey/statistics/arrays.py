"""The type of the arrays that the statistics take and return."""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
