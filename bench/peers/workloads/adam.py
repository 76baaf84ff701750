"""AdamW in the forms that PyTorch offers; a bench compares with the fastest."""
import torch


def adam_w(parameters, configuration, learning_rate):
    flags = {"plain": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}[configuration]
    return torch.optim.AdamW(parameters, lr=learning_rate, **flags)


def assign(model, given):
    """Copies parameters and buffers by name; a linear layer's weight comes as [in, out]."""
    linear = {name + ".weight" for name, module in model.named_modules() if isinstance(module, torch.nn.Linear)}
    with torch.no_grad():
        own = {**dict(model.named_parameters()), **dict(model.named_buffers())}
        for name, tensor in {**given["parameter"], **given["buffer"]}.items():
            own[name].copy_(tensor.T if name in linear else tensor)


def assign_ours(model, given):
    """The same from the names that our layers have for parameters and buffers."""
    names = {"scale": "weight", "table": "weight", "mean": "running_mean", "variance": "running_var"}

    def renamed(key):
        path, _, last = key.rpartition(".")
        return f"{path}.{names.get(last, last)}"

    assign(model, {kind: {renamed(key): tensor for key, tensor in given[kind].items()} for kind in ("parameter", "buffer")})
