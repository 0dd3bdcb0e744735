"""What happened when: each idea with its reference, and the view of the app where it can be tried. Imports no Streamlit."""

from functools import cache
from typing import NamedTuple
from urllib.parse import parse_qsl

from ui.i18n import Language, _, language


class Event(NamedTuple):
    year: int
    name: str
    idea: str
    reference: str  # as libraries list it, in its own language
    view: str  # a page and its settings, as in a link

    @property
    def page(self) -> str:
        return self.view.partition("?")[0]

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(self.view.partition("?")[2]))


def events() -> tuple[Event, ...]:
    return _events(language())


@cache
def _events(_in: Language) -> tuple[Event, ...]:
    return (*_until_2000(), *_until_2017(), *_since_2020())


def _until_2000() -> tuple[Event, ...]:
    return (
        Event(
            1982,
            _("Hopfield network"),
            _("A memory is a stable state: the network returns to it from every state near by."),
            "J. J. Hopfield. Neural networks and physical systems with emergent collective computational abilities. "
            "Proceedings of the National Academy of Sciences 79 (8), 2554–2558, 1982.",
            "states?view=plane&plane=two_bits",
        ),
        Event(
            1990,
            _("Elman network"),
            _(
                "The hidden layer reads its own previous values, so a network for single inputs becomes one for sequences."
            ),
            "J. L. Elman. Finding structure in time. Cognitive Science 14 (2), 179–211, 1990.",
            "rnn?preset=echo",
        ),
        Event(
            1991,
            _("Vanishing gradient"),
            _(
                "Back through time the gradient is multiplied at every step, so it usually vanishes or explodes exponentially."
            ),
            "S. Hochreiter. Untersuchungen zu dynamischen neuronalen Netzen. Diploma thesis, Technische Universität München, 1991.",
            "gradients?preset=below",
        ),
        Event(
            1994,
            _("Why long memories are hard"),
            _(
                "A network that keeps a bit safely against noise has a gradient that vanishes: both follow from the same slopes."
            ),
            "Y. Bengio, P. Simard, P. Frasconi. Learning long-term dependencies with gradient descent is difficult. "
            "IEEE Transactions on Neural Networks 5 (2), 157–166, 1994.",
            "states?view=plane&plane=one_bit",
        ),
        Event(
            1997,
            "LSTM",
            _(
                "A cell state that is only added to, with gates that decide what is written and read, passes the gradient on unchanged."
            ),
            "S. Hochreiter, J. Schmidhuber. Long short-term memory. Neural Computation 9 (8), 1735–1780, 1997.",
            "gates?cell=lstm97&view=left&T=200",
        ),
        Event(
            2000,
            _("Forget gate"),
            _("A third gate multiplies the cell state, so that the cell can also remove what it has stored."),
            "F. A. Gers, J. Schmidhuber, F. Cummins. Learning to forget: continual prediction with LSTM. "
            "Neural Computation 12 (10), 2451–2471, 2000.",
            "lstm?preset=leak",
        ),
    )


def _until_2017() -> tuple[Event, ...]:
    return (
        Event(
            2001,
            _("Recurrent policy"),
            _(
                "Reinforcement learning with an LSTM: the policy carries a signal to the junction where it matters, in a T-shaped maze."
            ),
            "B. Bakker. Reinforcement learning with long short-term memory. NIPS 2001, 1475–1482.",
            "after?part=maze",
        ),
        Event(
            2006,
            "CTC",
            _(
                "The loss sums over all alignments of an output with an input, so nobody has to say where each symbol lies."
            ),
            "A. Graves, S. Fernández, F. Gomez, J. Schmidhuber. Connectionist temporal classification: labelling unsegmented "
            "sequence data with recurrent neural networks. ICML 2006, 369–376.",
            "vision?vision_task=strip",
        ),
        Event(
            2014,
            "GRU",
            _("One gate decides how much of the old state stays and how much of the candidate comes in."),
            "K. Cho, B. van Merriënboer, C. Gulcehre, D. Bahdanau, F. Bougares, H. Schwenk, Y. Bengio. Learning phrase "
            "representations using RNN encoder–decoder for statistical machine translation. EMNLP 2014, 1724–1734.",
            "gru?preset=average",
        ),
        Event(
            2014,
            _("Sequence to sequence"),
            _("One network reads the whole input into a state, and another writes the output from it."),
            "I. Sutskever, O. Vinyals, Q. V. Le. Sequence to sequence learning with neural networks. NIPS 2014, 3104–3112.",
            "translate?attention=no",
        ),
        Event(
            2014,
            _("Attention"),
            _(
                "The decoder looks back at every state of the encoder and weighs them, so no single state has to hold everything."
            ),
            "D. Bahdanau, K. Cho, Y. Bengio. Neural machine translation by jointly learning to align and translate. "
            "arXiv:1409.0473, 2014; ICLR 2015.",
            "translate?task=en-zh",
        ),
        Event(
            2014,
            _("Memory network"),
            _(
                "Facts are kept in a list beside the network, and a match with the question decides which of them is read."
            ),
            "J. Weston, S. Chopra, A. Bordes. Memory networks. arXiv:1410.3916, 2014; ICLR 2015.",
            "after?part=pairs&pairs_view=own",
        ),
        Event(
            2017,
            "Transformer",
            _(
                "Attention alone, without recurrence: all steps are trained in parallel, and what is kept grows with every step."
            ),
            "A. Vaswani, N. Shazeer, N. Parmar, J. Uszkoreit, L. Jones, A. N. Gomez, Ł. Kaiser, I. Polosukhin. "
            "Attention is all you need. NIPS 2017, 5998–6008.",
            "after?part=names&after_cell=attention",
        ),
    )


def _since_2020() -> tuple[Event, ...]:
    return (
        Event(
            2020,
            _("Linear attention"),
            _(
                "Without the softmax, attention is a recurrence: its state is a matrix to which every step adds a key and a value."
            ),
            "A. Katharopoulos, A. Vyas, N. Pappas, F. Fleuret. Transformers are RNNs: fast autoregressive transformers with linear "
            "attention. ICML 2020, PMLR 119, 5156–5165.",
            "after?part=names&after_cell=linear_attention",
        ),
        Event(
            2021,
            "S4",
            _(
                "A linear state space with chosen matrices: a recurrence in use, a long convolution in training. Here: S4D, its diagonal form."
            ),
            "A. Gu, K. Goel, C. Ré. Efficiently modeling long sequences with structured state spaces. arXiv:2111.00396, 2021; ICLR 2022.",
            "after?part=names&after_cell=s4d",
        ),
        Event(
            2023,
            "LRU",
            _(
                "A plain linear RNN with a complex diagonal and the right initialisation keeps up with the state-space models."
            ),
            "A. Orvieto, S. L. Smith, A. Gu, A. Fernando, C. Gulcehre, R. Pascanu, S. De. Resurrecting recurrent neural networks for "
            "long sequences. ICML 2023, PMLR 202, 26670–26698.",
            "after?part=names&after_cell=lru",
        ),
        Event(
            2023,
            "RWKV",
            _(
                "A language model that is trained in parallel as a Transformer is, and used as an RNN. Here: the update of RWKV-7."
            ),
            "B. Peng, E. Alcaide, Q. Anthony et al. RWKV: reinventing RNNs for the Transformer era. "
            "Findings of EMNLP 2023, 14048–14077.",
            "after?part=names&after_cell=rwkv7",
        ),
        Event(
            2023,
            "Mamba",
            _("The state space becomes selective: the input decides at every step what is kept and what is written."),
            "A. Gu, T. Dao. Mamba: linear-time sequence modeling with selective state spaces. arXiv:2312.00752, 2023.",
            "after?part=names&after_cell=selective",
        ),
        Event(
            2024,
            _("Hybrids"),
            _(
                "Layers with a fixed state beside layers with attention over a short window. Here: the RG-LRU, the recurrent layer of Griffin."
            ),
            "S. De, S. L. Smith, A. Fernando et al. Griffin: mixing gated linear recurrences with local attention for efficient "
            "language models. arXiv:2402.19427, 2024.",
            "after?part=names&after_cell=rg_lru",
        ),
        Event(
            2024,
            "xLSTM",
            _("The LSTM with exponential gates, and with a matrix as its cell state."),
            "M. Beck, K. Pöppel, M. Spanring, A. Auer, O. Prudnikova, M. Kopp, G. Klambauer, J. Brandstetter, S. Hochreiter. "
            "xLSTM: extended long short-term memory. arXiv:2405.04517, 2024; NeurIPS 2024.",
            "after?part=names&after_cell=mlstm",
        ),
        Event(
            2024,
            "minGRU",
            _("A GRU whose gate no longer reads the state, so that a scan can train it in parallel."),
            "L. Feng, F. Tung, M. O. Ahmed, Y. Bengio, H. Hajimirsadeghi. Were RNNs all we needed? arXiv:2410.01201, 2024.",
            "after?part=scan",
        ),
        Event(
            2024,
            "DeltaNet",
            _(
                "Linear attention that writes only the error of what it recalls, and can be trained in parallel over the sequence."
            ),
            "S. Yang, B. Wang, Y. Zhang, Y. Shen, Y. Kim. Parallelizing linear transformers with the delta rule over sequence "
            "length. arXiv:2406.06484, 2024; NeurIPS 2024.",
            "after?part=pairs",
        ),
    )
