"""Training steps and codes of the reference autoencoder in PyTorch, for bench/training-vs-python.ts.

Arguments: a JSON file with names and shapes of the parameters, a file with their float32 values one after
the other, one with the float32 rows of the batch, one with int32 labels, and the number of threads.
Answers a line of JSON for each line of input: `versions`; `loss` (of the batch, without dropout, before any
step); `steps N` (takes N steps with dropout 0.1 and answers the last loss); `encode N` (codes of all rows, N at a
time, and answers the mean of their absolute values).
"""
import functools
import json
import platform
import sys

import numpy as np
import torch
from torch import nn
from torch.nn import functional

names_file, values_file, points_file, labels_file, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
LATENT, PROJECTION, HIDDEN, LAMBDA, TEMPERATURE = 32, 128, [128, 256, 128], 0.5, 0.1
named = json.load(open(names_file))
COLUMNS = dict(named)["encoder.blocks.0.linear1.weight"][1]


class Block(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.linear1, self.norm1, self.dropout = nn.Linear(i, o), nn.LayerNorm(o), nn.Dropout(0.1)
        self.linear2, self.norm2 = nn.Linear(o, o), nn.LayerNorm(o)
        self.skip = nn.Linear(i, o) if i != o else nn.Identity()

    def forward(self, x):
        hidden = self.dropout(torch.relu(self.norm1(self.linear1(x))))
        return torch.relu(self.norm2(self.linear2(hidden)) + self.skip(x))


class Tower(nn.Module):
    def __init__(self, sizes, out):
        super().__init__()
        self.blocks = nn.Sequential(*[Block(i, o) for i, o in zip(sizes, sizes[1:])])
        self.linear1, self.linear2 = nn.Linear(sizes[-1], 2 * out), nn.Linear(2 * out, out)

    def forward(self, x):
        return self.linear2(torch.relu(self.linear1(self.blocks(x))))


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = Tower([COLUMNS] + HIDDEN, LATENT)
        self.projection = nn.Linear(LATENT, PROJECTION)
        self.decoder = Tower([LATENT] + HIDDEN, COLUMNS)

    def forward(self, x):
        latent = torch.tanh(self.encoder(x))
        return self.projection(latent), self.decoder(latent)


model = Autoencoder()
flat = torch.from_numpy(np.fromfile(values_file, dtype=np.float32))
parameters = dict(model.named_parameters())
at = 0
with torch.no_grad():
    for name, shape in named:
        size = int(np.prod(shape))
        parameters[name].copy_(flat[at : at + size].reshape(shape))
        at += size
assert at == len(flat) == sum(parameter.numel() for parameter in parameters.values())

x = torch.from_numpy(np.fromfile(points_file, dtype=np.float32)).reshape(-1, COLUMNS)
labels = torch.from_numpy(np.fromfile(labels_file, dtype=np.int32))
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)


@functools.cache
def pairs():
    itself = torch.eye(len(labels), dtype=torch.bool)
    positive = (labels[:, None] == labels[None, :]) & ~itself
    return itself, positive / positive.sum(1, keepdim=True)


def loss_of():
    itself, share = pairs()
    projection, reconstruction = model(x)
    z = functional.normalize(projection, dim=1)
    similarity = z @ z.T / TEMPERATURE
    log_probability = similarity - torch.logsumexp(similarity.masked_fill(itself, -torch.inf), dim=1, keepdim=True)
    return functional.mse_loss(reconstruction, x) - LAMBDA * (log_probability * share).sum(1).mean()


def steps(count):
    model.train()
    for _ in range(count):
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of()
        loss.backward()
        optimizer.step()
    return loss.item()


def loss_before():
    model.eval()
    with torch.no_grad():
        return loss_of().item()


def encode(size):
    model.eval()
    with torch.inference_mode():
        codes = torch.cat([torch.tanh(model.encoder(rows)) for rows in x.split(size)])
    return codes.abs().mean(dtype=torch.float64).item()


for line in sys.stdin:
    question, *rest = line.split()
    if question == "versions":
        value = f"PyTorch {torch.__version__}, Python {platform.python_version()}"
    elif question == "loss":
        value = loss_before()
    elif question == "encode":
        value = encode(int(rest[0]))
    else:
        value = steps(int(rest[0]))
    print(json.dumps({"value": value}), flush=True)
