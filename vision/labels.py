"""Words of detectors that a rule must tell apart: what is a stall, whatever the model calls its kinds."""


def is_stall(label: str) -> bool:
    """Every model's word for something that sells begins alike: `stall`, `stall_goods`, `stall_parasol`."""
    return label.startswith("stall")


def is_parasol(label: str) -> bool:
    return label.endswith(("parasol", "umbrella"))


def is_goods(label: str) -> bool:
    return label.endswith("goods")
