"""The mathematics of recurrent networks, in NumPy and float64, with every intermediate value kept.

import rnn_core as rc
params = rc.init_params("lstm", input_size=4, hidden_size=8, seed=0)
trace = rc.run(params, xs)      # xs (T, 4): trace.hs, trace.cs, trace.forget_gate, ...
grads = rc.bptt(trace, dhs)     # dhs (T, 8): grads.params.W_xf, grads.dxs, grads.dhs, ...
"""

from rnn_core.bounds import LogBounds as LogBounds
from rnn_core.bounds import log_bounds as log_bounds
from rnn_core.bounds import log_cell_path as log_cell_path
from rnn_core.bounds import step_norms as step_norms
from rnn_core.bptt import bptt as bptt
from rnn_core.build import form_of as form_of
from rnn_core.build import make_params as make_params
from rnn_core.build import weights_of as weights_of
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
from rnn_core.cells.gru import PUBLISHED_FORMS as PUBLISHED_FORMS
from rnn_core.clip import Clipped as Clipped
from rnn_core.clip import clip_by_norm as clip_by_norm
from rnn_core.clip import clip_by_value as clip_by_value
from rnn_core.clip import gradient_norm as gradient_norm
from rnn_core.errors import CoreError as CoreError
from rnn_core.explain import Explainer as Explainer
from rnn_core.explain import explain as explain
from rnn_core.explanation import Explanation as Explanation
from rnn_core.explanation import Place as Place
from rnn_core.explanation import explanation_latex as explanation_latex
from rnn_core.explanation import explanation_text as explanation_text
from rnn_core.explanation import place_text as place_text
from rnn_core.export import as_keras as as_keras
from rnn_core.export import as_numpy as as_numpy
from rnn_core.export import as_torch as as_torch
from rnn_core.flow import eigenvalues as eigenvalues
from rnn_core.flow import growth as growth
from rnn_core.flow import jacobian_norms as jacobian_norms
from rnn_core.flow import jacobians as jacobians
from rnn_core.flow import log_jacobian_norms as log_jacobian_norms
from rnn_core.flow import singular_values as singular_values
from rnn_core.init import count_parameters as count_parameters
from rnn_core.init import init_params as init_params
from rnn_core.init import parameter_count as parameter_count
from rnn_core.interventions import Clamp as Clamp
from rnn_core.interventions import Intervention as Intervention
from rnn_core.interventions import SetState as SetState
from rnn_core.interventions import Silence as Silence
from rnn_core.notation import recipe_latex as recipe_latex
from rnn_core.notation import recipes_json as recipes_json
from rnn_core.notation import symbols as symbols
from rnn_core.one_step import step_jacobians as step_jacobians
from rnn_core.readout import Loss as Loss
from rnn_core.readout import ReadoutGradients as ReadoutGradients
from rnn_core.readout import ReadoutParams as ReadoutParams
from rnn_core.readout import ReadoutTrace as ReadoutTrace
from rnn_core.readout import binary_cross_entropy as binary_cross_entropy
from rnn_core.readout import cross_entropy as cross_entropy
from rnn_core.readout import init_readout as init_readout
from rnn_core.readout import mean_squared_error as mean_squared_error
from rnn_core.readout import read_out as read_out
from rnn_core.readout import read_out_backward as read_out_backward
from rnn_core.recipes import recipes as recipes
from rnn_core.types import FirstBad as FirstBad
from rnn_core.types import Gradients as Gradients
from rnn_core.types import Trace as Trace
from rnn_core.unroll import run as run
