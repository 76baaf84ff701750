"""Records torchvision's values and gradients of operators for packages/onnx: python golden/record/onnx_vision_ops.py

Needs torchvision, which bench/peers/requirements.txt leaves out.
"""
import torch
from torchvision.ops import deform_conv2d, roi_align
from recorder import record, write

torch.manual_seed(29)
r = torch.randn

for groups, offset_groups in ((1, 1), (2, 4)):
    record("DeformConv", f"{groups} groups of channels, {offset_groups} of offsets",
           lambda x, w, offset, bias, mask: deform_conv2d(x, offset, w, bias, (2, 1), (1, 0), (1, 2), mask),
           [r(2, 4, 5, 6), r(4, 4 // groups, 3, 2), r(2, 12 * offset_groups, 3, 4), r(4), torch.rand(2, 6 * offset_groups, 3, 4)],
           {"strides": [2, 1], "pads": [1, 0, 1, 0], "dilations": [1, 2], "group": groups, "offset_group": offset_groups})
regions = torch.tensor([[0.2, 0.4, 4.7, 3.1], [-0.6, 1.2, 2.9, 5.3], [2.1, 1.7, 5.6, 3.3]])
images = torch.tensor([1, 0, 1])
for ratio in (2, -1):
    for aligned in (True, False):
        record("RoiAlign", f"{max(ratio, 0)} points, {'moved' if aligned else 'not moved'} by half an element",
               lambda x, boxes, at: roi_align(x, torch.cat([at.view(-1, 1).float(), boxes], 1), (2, 3), 0.75, ratio, aligned),
               [r(2, 3, 5, 6), regions, images],
               {"output_height": 2, "output_width": 3, "spatial_scale": 0.75, "sampling_ratio": max(ratio, 0),
                "coordinate_transformation_mode": "half_pixel" if aligned else "output_half_pixel"}, (1,))
write()
