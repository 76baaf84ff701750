"""Records what the standard's changelog asks of a converter, for packages/onnx: python golden/record/onnx_changes.py"""
import json, pathlib
from onnx import defs, helper

oldest, newest = 7, 28
history = {}
for schema in defs.get_all_schemas_with_history():
    if schema.domain == "" and schema.since_version <= newest:
        history.setdefault(schema.name, []).append(schema)


def default(attribute):
    return str(helper.get_attribute_value(attribute.default_value)) if attribute.default_value.name else None


def changed(old, new):
    """Why a node of the old version may say something else, or nothing, when it is read as one of the new version."""
    if new.deprecated:
        yield "deprecated"
    for name, attribute in old.attributes.items():
        if name not in new.attributes:
            yield f"no attribute {name}"
        elif default(attribute) != default(new.attributes[name]):
            yield f"another default of {name}"
    if len(old.inputs) > len(new.inputs):
        yield "fewer inputs"
    if len(old.outputs) > len(new.outputs):
        yield "fewer outputs"


changes, count = [], 0
for name, schemas in sorted(history.items()):
    schemas.sort(key=lambda schema: schema.since_version)
    for old, new in zip(schemas, schemas[1:]):
        if new.since_version <= oldest:
            continue
        count += 1
        reasons = list(changed(old, new))
        if reasons:
            changes.append({"op": name, "since": new.since_version, "reasons": reasons})
attributes = {name: sorted(schemas[-1].attributes) for name, schemas in sorted(history.items()) if not schemas[-1].deprecated}
path = pathlib.Path(__file__).parent.parent / "onnx-changes.json"
path.write_text(json.dumps({"oldest": oldest, "newest": newest, "compared": count, "changes": changes, "attributes": attributes}, indent=1) + "\n")
print(len(changes), "changes that matter of", count)
