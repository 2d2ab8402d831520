"""Write a network as files that ``scorer.py`` runs without torch: the encoder in 8 bits, the heads as half floats."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn.functional import gelu

from training.network import ATTENTION_HEADS, FROZEN, Encoder, Layer, Network

_OPSET = 17
_HEADS = ("sentence", "party", "tie", "matter")


class _Attention(torch.autograd.Function):
    """Stands for onnxruntime's own attention, which is one operation there."""

    @staticmethod
    def forward(_: object, query: Tensor, _key: Tensor, _value: Tensor) -> Tensor:
        return query.clone()

    @staticmethod
    def symbolic(graph: object, query: object, key: object, value: object) -> object:
        operation = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=ATTENTION_HEADS)
        return operation.setType(query.type())


class _Exported(nn.Module):
    """The whole encoder for one window; the table of words as whole numbers of 8 bits, with a scale for each word."""

    def __init__(self, encoder: Encoder, network: Network) -> None:
        super().__init__()
        table = encoder.words.weight.data
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / 127
        self.words = nn.Parameter(torch.round(table / scales).to(torch.int8), requires_grad=False)
        self.scales = nn.Parameter(scales, requires_grad=False)
        self.positions, self.norm = encoder.positions, encoder.norm
        self.layers = nn.ModuleList([*encoder.layers[:FROZEN], *network.layers])

    def forward(self, ids: Tensor) -> Tensor:
        vectors = self.norm(self.words[ids].float() * self.scales[ids] + self.positions[: ids.shape[1]])
        for layer in self.layers:
            vectors = _layer(layer, vectors)
        return vectors


def _layer(layer: Layer, vectors: Tensor) -> Tensor:
    query, key, value = layer.query_key_value(vectors).chunk(3, dim=-1)
    vectors = layer.norm(vectors + layer.out(_Attention.apply(query, key, value)))
    return layer.last_norm(vectors + layer.down(gelu(layer.up(vectors))))


def export(encoder: Encoder, network: Network, folder: Path) -> None:
    """Write ``encoder.onnx`` and ``heads.npz`` into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    whole = folder / "whole.onnx"
    torch.onnx.export(
        _Exported(encoder, network).eval(),
        (torch.zeros(1, 16, dtype=torch.long),),
        str(whole),
        input_names=["ids"],
        output_names=["vectors"],
        dynamic_axes={"ids": {1: "pieces"}, "vectors": {1: "pieces"}},
        dynamo=False,
        opset_version=_OPSET,
        custom_opsets={"com.microsoft": 1},
    )
    small = folder / "encoder.onnx"
    # 7 bits of 8, so that no processor's sums of products overflow, and all give the same.
    quantize_dynamic(
        whole, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True, op_types_to_quantize=["MatMul"]
    )
    whole.unlink()
    model = onnx.load(small)
    model.producer_name = model.producer_version = ""
    model.graph.doc_string = ""
    onnx.save(model, small)
    np.savez_compressed(folder / "heads.npz", **_heads(network))


def _heads(network: Network) -> dict[str, np.ndarray]:
    """Return the weights of the heads by name, as half floats."""
    stored = {"queries": network.queries, "matter.project.weight": network.project.weight}
    stored["matter.project.bias"] = network.project.bias
    for head in _HEADS:
        for part, linear in getattr(network, head).named_children():
            if not isinstance(linear, nn.Linear):
                continue
            stored |= {f"{head}.{part}.weight": linear.weight, f"{head}.{part}.bias": linear.bias}
    return {name: value.detach().numpy().astype(np.float16) for name, value in stored.items()}
