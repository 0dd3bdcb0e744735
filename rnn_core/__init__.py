"""The mathematics of recurrent networks, in NumPy and float64, with every intermediate value kept.

import rnn_core as rc
params = rc.init_params("lstm", input_size=4, hidden_size=8, seed=0)
trace = rc.run(params, xs)      # xs (T, 4): trace.hs, trace.cs, trace.forget_gate, ...
grads = rc.bptt(trace, dhs)     # dhs (T, 8): grads.params.W_xf, grads.dxs, grads.dhs, ...
"""

from rnn_core.bptt import bptt as bptt
from rnn_core.cells import AnyGradients as AnyGradients
from rnn_core.cells import AnyTrace as AnyTrace
from rnn_core.cells import GRUGradients as GRUGradients
from rnn_core.cells import GRUParams as GRUParams
from rnn_core.cells import GRUTrace as GRUTrace
from rnn_core.cells import LSTMGradients as LSTMGradients
from rnn_core.cells import LSTMParams as LSTMParams
from rnn_core.cells import LSTMTrace as LSTMTrace
from rnn_core.cells import Params as Params
from rnn_core.cells import RNNGradients as RNNGradients
from rnn_core.cells import RNNParams as RNNParams
from rnn_core.cells import RNNTrace as RNNTrace
from rnn_core.errors import CoreError as CoreError
from rnn_core.init import init_params as init_params
from rnn_core.interventions import Clamp as Clamp
from rnn_core.interventions import Intervention as Intervention
from rnn_core.interventions import SetState as SetState
from rnn_core.interventions import Silence as Silence
from rnn_core.types import FirstBad as FirstBad
from rnn_core.types import Gradients as Gradients
from rnn_core.types import Trace as Trace
from rnn_core.unroll import run as run
