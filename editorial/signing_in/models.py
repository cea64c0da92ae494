"""What is kept about signing in: no address, no device, and no name that was only tried."""

from editorial.signing_in.second_factor import SecondFactor  # noqa: F401  a model of this app
from editorial.signing_in.tries import Tries  # noqa: F401  a model of this app
