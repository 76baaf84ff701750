"""AdamW for tables of which a step changes only the rows that its batch has read."""
import torch


class RowsAdamW(torch.optim.Optimizer):
    def __init__(self, params, lr, weight_decay, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "betas": betas, "eps": eps})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            (beta1, beta2), rate = group["betas"], group["lr"]
            for table in group["params"]:
                state = self.state[table]
                if not state:
                    state.update(step=0, mean=torch.zeros_like(table), square=torch.zeros_like(table))
                state["step"] += 1
                grad = table.grad.coalesce()
                rows, values = grad.indices()[0], grad.values()
                mean = state["mean"][rows].lerp(values, 1 - beta1)
                square = state["square"][rows].lerp(values.square(), 1 - beta2)
                state["mean"][rows], state["square"][rows] = mean, square
                root = (1 - beta2 ** state["step"]) ** 0.5
                move = mean / (square.sqrt() + group["eps"] * root) * (rate * root / (1 - beta1 ** state["step"]))
                table[rows] = table[rows] * (1 - rate * group["weight_decay"]) - move
