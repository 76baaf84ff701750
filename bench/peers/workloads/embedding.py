import torch
from .adam import adam_w

nn = torch.nn


def start(configuration, given, learning_rate, setting):
    table = given["parameter"]["table"]
    is_sparse = configuration == "sparse"
    embedding = nn.Embedding(*table.shape, sparse=is_sparse)
    with torch.no_grad():
        embedding.weight.copy_(table)
    if is_sparse:
        optimizer = torch.optim.SparseAdam(list(embedding.parameters()), lr=learning_rate)
    else:
        optimizer = adam_w(embedding.parameters(), configuration, learning_rate)
        optimizer.param_groups[0]["weight_decay"] = 0.0

    def loss_of(batch):
        user, better, worse = (embedding(batch[name]) for name in ("user", "better", "worse"))
        return nn.functional.softplus(-(user * (better - worse)).sum(1)).mean()

    return loss_of, optimizer
