"""Which library does which step of a project with sequences: two lines of code each, and the page that shows the step."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Library:
    name: str
    page: str
    code: str


LIBRARIES: dict[str, Library] = {
    "nltk": Library("NLTK", "text", 'import nltk\ntokens = nltk.tokenize.wordpunct_tokenize("The cat sat.")'),
    "spacy": Library(
        "spaCy", "sentiment", 'import spacy\ntokens = [token.text for token in spacy.blank("en")("The cat sat.")]'
    ),
    "gensim": Library(
        "Gensim",
        "sentiment",
        'from gensim.models import Word2Vec\nvector = Word2Vec([["the", "cat", "sat"]], min_count=1).wv["cat"]',
    ),
    "librosa": Library(
        "librosa",
        "speech",
        'import librosa\nfeatures = librosa.feature.mfcc(y=librosa.load("word.wav", sr=16000)[0], sr=16000, n_mfcc=13).T   # (T, 13)',
    ),
    "opencv": Library(
        "OpenCV",
        "vision",
        'import cv2\nrows = cv2.resize(cv2.imread("digit.png", cv2.IMREAD_GRAYSCALE), (28, 28)) / 255',
    ),
    "sklearn": Library(
        "scikit-learn",
        "forecast",
        "from sklearn.preprocessing import StandardScaler\nscaled = StandardScaler().fit(training).transform(test)",
    ),
    "keras": Library(
        "Keras, TensorFlow",
        "frameworks",
        "import keras\nmodel = keras.Sequential([keras.Input((None, 13)), keras.layers.LSTM(64), keras.layers.Dense(10)])",
    ),
    "torch": Library(
        "PyTorch",
        "lab",
        "import torch\nhs, (h, c) = torch.nn.LSTM(13, 64, batch_first=True)(torch.zeros(8, 100, 13))",
    ),
    "hugging_face": Library(
        "Hugging Face",
        "after",
        "from transformers import pipeline\n"
        'answer = pipeline("text-classification", "distilbert/distilbert-base-uncased-finetuned-sst-2-english")("Not bad at all.")',
    ),
}
