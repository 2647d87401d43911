"""`declarant train`, `declarant export` and `declarant evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from declarant.extras import needing
from extractor.errors import UsageError

__all__ = ["register"]

_CORPUS = Path(__file__).parent.parent / "annotations" / "corpus"
_Corpus = Annotated[Path, typer.Option(help="The hand-written corpus.")]
_Size = Annotated[str, typer.Option(help="small (MiniLM) or base (MPNet); see the model card.")]
_Part = Annotated[str, typer.Option(help="train, dev or test.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(train)
    app.command()(export)
    app.command()(tune)
    app.command()(evaluate)
    app.command()(agreement)


def train(  # noqa: PLR0913, PLR0917 - one argument for each option
    corpora: Annotated[Path, typer.Argument(help="Folder that holds the public corpora.")],
    out: Annotated[Path, typer.Option(help="Folder for checkpoints.")] = Path("runs/train"),
    corpus: _Corpus = _CORPUS,
    size: _Size = "base",
    public_epochs: int = 1,
    own_epochs: int = 12,
    public_share: Annotated[float, typer.Option(help="Of the public texts, beside ours.")] = 0.02,
    frozen_layers: Annotated[int, typer.Option(help="Lowest layers held fixed on ours.")] = 3,
    start: Annotated[Path | None, typer.Option(help="Checkpoint to go on from.")] = None,
) -> None:
    """Train the network; a run that was cut off goes on from its last epoch."""
    with needing("train"):
        from models.training.command import train_from  # noqa: PLC0415 - extra `train`
        from models.training.loop import Plan  # noqa: PLC0415 - extra `train`

    plan = Plan(
        public_epochs=public_epochs,
        own_epochs=own_epochs,
        public_share=public_share,
        frozen_layers=frozen_layers,
    )
    train_from(corpora, corpus, out, plan, size, start)


def export(
    checkpoint: Annotated[Path, typer.Argument(help="Folder of a finished run.")],
    out: Annotated[Path, typer.Option(help="Folder for the weights.")],
    version: Annotated[str, typer.Option(help="Version written into every record.")],
    size: _Size = "base",
) -> None:
    """Turn a checkpoint into the weights that ship."""
    with needing("train"):
        from models.training.command import export_checkpoint  # noqa: PLC0415 - extra `train`

    export_checkpoint(checkpoint, out, version, size)


def tune(
    weights: Annotated[Path, typer.Argument(help="Folder of exported weights.")],
    corpus: _Corpus = _CORPUS,
    part: _Part = "dev",
) -> None:
    """Choose calibration and thresholds on a part nobody learned from, and keep them."""
    from extractor.tuning import tune as choose  # noqa: PLC0415 - loads the network
    from models.corpora.marked import read_part  # noqa: PLC0415 - loads the network

    typer.echo(json.dumps(choose(read_part(corpus, part), weights), indent=1))


def agreement(
    first: Annotated[Path, typer.Argument(help="Folder of marked texts.")],
    second: Annotated[Path, typer.Argument(help="The same texts, marked by somebody else.")],
) -> None:
    """Print how far two annotators agree, on every measure of the contract."""
    from annotations.agreement import agreement as agree  # noqa: PLC0415 - loads corpora

    measures, count = agree(first, second)
    typer.echo(f"{count} texts")
    for name, value in measures.figures().items():
        typer.echo(f"{name:36} {value:6.3f}")


def evaluate(
    corpus: _Corpus = _CORPUS,
    part: _Part = "dev",
    weights: Annotated[Path | None, typer.Option(help="Other weights than the shipped.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Print every measure of the contract on one part of the corpus."""
    from extractor.evaluation import measure  # noqa: PLC0415 - loads the network
    from models.corpora.marked import read_part  # noqa: PLC0415 - loads the network
    from models.runtime import Runtime, shipped_runtime  # noqa: PLC0415 - loads the network

    texts = read_part(corpus, part)
    if not texts:
        raise UsageError(f"The corpus has no text in part {part}.")
    measures = measure(texts, Runtime(weights) if weights else shipped_runtime())
    figures = measures.figures()
    if as_json:
        typer.echo(json.dumps({name: round(value, 4) for name, value in figures.items()}))
        return
    typer.echo(f"{part}: {len(texts)} texts")
    for name, value in figures.items():
        typer.echo(f"{name:36} {value:6.3f}")
    for score, right, count in measures.reliability():
        typer.echo(f"of {count} findings scored about {score:.2f}, right: {right:.2f}")
