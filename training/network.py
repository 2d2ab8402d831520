"""The encoder, from the weights of all-MiniLM-L6-v2, and its heads."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import gelu, scaled_dot_product_attention

from briefing.extraction.scoring.features import TIED
from briefing.extraction.scoring.pieces import Window
from briefing.extraction.scoring.scores import KINDS, STATUSES
from training.examples import Example

WIDTH, ATTENTION_HEADS, INNER = 384, 12, 1536
LAYERS = 4  # of the six: the others add nothing here, and cost a third of the time
FROZEN = 2  # layers, from below, that keep their weights: their outputs are computed once
_STEP = 64  # lengths of batches are rounded up to this: the kernels are prepared for each shape
_HIDDEN = 256
_PROJECTED = 128
_POOLS = 3  # ways to pool the pieces of a sentence: for the sentence, for parties, for what is tied to it
_MOST_OCCURRENCES = 12  # of an entity that its mean vector is made of


class Layer(nn.Module):
    """A transformer layer."""

    def __init__(self) -> None:
        super().__init__()
        self.query_key_value = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up, self.down = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.last_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, vectors: Tensor, mask: Tensor | None) -> Tensor:
        """Return the vectors after this layer; shape (windows, pieces, width)."""
        rows, pieces, _ = vectors.shape
        split = self.query_key_value(vectors).view(rows, pieces, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        attended = scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(rows, pieces, WIDTH)
        vectors = self.norm(vectors + self.dropout(self.out(attended)))
        return self.last_norm(vectors + self.dropout(self.down(gelu(self.up(vectors)))))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        stored = {name.removeprefix("bert."): value for name, value in load_file(weights).items()}
        table = "embeddings.token_type_embeddings.weight"
        self.words = nn.Embedding.from_pretrained(stored["embeddings.word_embeddings.weight"])
        self.positions = nn.Parameter(stored["embeddings.position_embeddings.weight"] + stored[table][0])
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        _fill(self.norm, stored, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            path = f"encoder.layer.{number}"
            parts = [f"{path}.attention.self.{name}" for name in ("query", "key", "value")]
            layer.query_key_value.weight.data = torch.cat([stored[f"{part}.weight"] for part in parts])
            layer.query_key_value.bias.data = torch.cat([stored[f"{part}.bias"] for part in parts])
            _fill(layer.out, stored, f"{path}.attention.output.dense")
            _fill(layer.norm, stored, f"{path}.attention.output.LayerNorm")
            _fill(layer.up, stored, f"{path}.intermediate.dense")
            _fill(layer.down, stored, f"{path}.output.dense")
            _fill(layer.last_norm, stored, f"{path}.output.LayerNorm")

    def embed(self, ids: Tensor) -> Tensor:
        """Return the vectors of pieces before the first layer."""
        return self.norm(self.words(ids) + self.positions[: ids.shape[1]])

    @torch.no_grad()
    def lower(self, windows: Sequence[Window]) -> list[Tensor]:
        """Return what the frozen layers make of windows."""
        self.eval()
        return [self._lower(window) for window in windows]

    def _lower(self, window: Window) -> Tensor:
        size = len(window.ids)
        ids = torch.zeros(1, _rounded(size), dtype=torch.long)
        ids[0, :size] = torch.tensor(window.ids)
        mask = (torch.arange(ids.shape[1]) < size)[None, None, None]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            vectors = self.embed(ids)
            for layer in self.layers[:FROZEN]:
                vectors = layer(vectors, mask)
        return vectors[0, :size].to(torch.bfloat16)


class Head(nn.Module):
    """Two linear layers."""

    def __init__(self, inputs: int, outputs: int, hidden: int = _HIDDEN) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(inputs, hidden), nn.Linear(hidden, outputs)
        self.before, self.between = nn.Dropout(0.1), nn.Dropout(0.1)

    def forward(self, rows: Tensor) -> Tensor:
        """Return logits."""
        return self.out(self.between(self.hidden(self.before(rows)).relu()))


class SetHead(nn.Module):
    """A hidden layer, attention among the rows of a set, and a linear layer over both."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(inputs, _HIDDEN), nn.Linear(2 * _HIDDEN, outputs)
        self.query, self.key, self.value = (nn.Linear(_HIDDEN, _HIDDEN) for _ in range(3))
        self.before, self.between = nn.Dropout(0.1), nn.Dropout(0.1)

    def forward(self, rows: Tensor) -> Tensor:
        """Return logits of the rows of one set."""
        hidden = self.hidden(self.before(rows)).relu()
        likeness = self.query(hidden) @ self.key(hidden).T / _HIDDEN**0.5
        return self.out(self.between(torch.cat([hidden, likeness.softmax(dim=1) @ self.value(hidden)], dim=1)))


class Network(nn.Module):
    """The upper layers of the encoder, and the heads."""

    def __init__(self, encoder: Encoder, example: Example) -> None:
        super().__init__()
        kinds = len(KINDS)
        self.layers = encoder.layers[FROZEN:]
        self.queries = nn.Parameter(torch.randn(_POOLS, WIDTH) * 0.05)
        self.sentence = Head(2 * WIDTH + example.sentence_features.shape[1], kinds + len(STATUSES))
        self.party = SetHead(4 * WIDTH + _width(one.features for ones in example.candidates for one in ones), kinds)
        self.tie = Head(3 * WIDTH + _width(one.features for ones in example.ties for one in ones), len(TIED))
        self.project = nn.Linear(WIDTH, _PROJECTED)
        self.matter = Head(2 * _PROJECTED + 3, kinds, hidden=_PROJECTED)
        self.dropout = nn.Dropout(0.1)

    def read(self, examples: Sequence[Example]) -> list["Reading"]:
        """Return the vectors of articles."""
        hidden = [window for example in examples for window in example.hidden]
        vectors = torch.zeros(len(hidden), _rounded(max(map(len, hidden))), WIDTH, dtype=torch.bfloat16)
        mask = torch.zeros(len(hidden), 1, 1, vectors.shape[1], dtype=torch.bool)
        for row, window in enumerate(hidden):
            vectors[row, : len(window)] = window
            mask[row, ..., : len(window)] = True
        with torch.autocast("cpu", dtype=torch.bfloat16):
            for layer in self.layers:
                vectors = layer(vectors, mask)
        vectors = self.dropout(vectors.float())
        readings, row = [], 0
        for example in examples:
            readings.append(Reading(example, vectors[row : row + len(example.hidden)], self.queries))
            row += len(example.hidden)
        return readings

    def sentences(self, reading: "Reading") -> Tensor:
        """Return the logits of each sentence: each kind, and each status of something to come."""
        features = torch.from_numpy(reading.example.sentence_features)
        return self.sentence(torch.cat([reading.means, reading.pooled[0], features], dim=1))

    def parties(self, reading: "Reading", numbers: Sequence[int]) -> tuple[list[tuple[int, int]], Tensor]:
        """Return sentence and entity of each candidate of these sentences, and its logits by kind."""
        keys, logits = [], [torch.zeros(0, len(KINDS))]
        for number in numbers:
            rows = []
            for candidate in reading.example.candidates[number]:
                near = torch.stack([reading.mention(*one[:3]) for one in candidate.near]).mean(0)
                pooled = reading.pooled[1][number]
                features = torch.tensor(candidate.features)
                keys.append((number, candidate.entity))
                rows.append(torch.cat([pooled, near, reading.entity(candidate.entity), pooled * near, features]))
            if rows:
                logits.append(self.party(torch.stack(rows)))
        return keys, torch.cat(logits)

    def ties(self, reading: "Reading", numbers: Sequence[int]) -> tuple[list[tuple[int, int]], Tensor]:
        """Return sentence and number of each time, place and phrase of these sentences, and its logit."""
        keys, rows, columns = [], [], []
        for number in numbers:
            pooled = reading.pooled[2][number]
            for place, tie in enumerate(reading.example.ties[number]):
                mention = reading.mention(number, tie.start, tie.end)
                rows.append(torch.cat([pooled, mention, pooled * mention, torch.tensor(tie.features)]))
                keys.append((number, place))
                columns.append(TIED.index(tie.what))
        if not rows:
            return [], torch.zeros(0)
        return keys, self.tie(torch.stack(rows))[torch.arange(len(rows)), columns]

    def same_matter(self, reading: "Reading", pairs: Sequence[tuple[int, int]]) -> Tensor:
        """Return for each pair of sentences the logits that both state the same, by kind."""
        projected = self.project(reading.means)
        one, other = (torch.tensor(side) for side in zip(*pairs, strict=True))
        apart = other - one
        places = torch.stack([apart.clamp(max=10) / 10, (apart == 1).float(), (one == 0).float()], dim=1)
        return self.matter(
            torch.cat([(projected[one] - projected[other]).abs(), projected[one] * projected[other], places], dim=1)
        )


class Reading:
    """The vectors of one article, and what is pooled from them."""

    def __init__(self, example: Example, windows: Tensor, queries: Tensor) -> None:
        self.example = example
        self._vectors = [windows[window, first:last] for window, first, last in example.rows]
        self.means = torch.stack([one.mean(0) if len(one) else torch.zeros(WIDTH) for one in self._vectors])
        self.pooled = [
            torch.stack([(one @ query).softmax(0) @ one if len(one) else torch.zeros(WIDTH) for one in self._vectors])
            for query in queries
        ]
        self._mentions: dict[tuple[int, int, int], Tensor] = {}
        self._entities: dict[int, Tensor] = {}

    def mention(self, sentence: int, start: int, end: int) -> Tensor:
        """Return the mean vector of a mention."""
        key = (sentence, start, end)
        if key not in self._mentions:
            pieces = self.example.pieces[sentence].between(start, end)
            inside = self._vectors[sentence][pieces[0] : pieces[1]] if pieces else torch.zeros(1, WIDTH)
            self._mentions[key] = inside.mean(0)
        return self._mentions[key]

    def entity(self, index: int) -> Tensor:
        """Return the mean vector of an entity's first mentions."""
        if index not in self._entities:
            occurrences = self.example.occurrences[index][:_MOST_OCCURRENCES]
            self._entities[index] = torch.stack([self.mention(*one[:3]) for one in occurrences]).mean(0)
        return self._entities[index]


def _width(features: Iterable[Sequence[float]]) -> int:
    return len(next(iter(features)))


def _fill(module: nn.Module, stored: Mapping[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = stored[f"{name}.weight"].clone(), stored[f"{name}.bias"].clone()


def _rounded(size: int) -> int:
    return -(-size // _STEP) * _STEP
