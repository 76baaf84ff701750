import { defineOp, float, int, string } from "../define-op.ts";

export const roiAlign = defineOp({
  name: "RoiAlign",
  attributes: {
    coordinate_transformation_mode: string<"half_pixel" | "output_half_pixel">("half_pixel"),
    mode: string<"avg" | "max">("avg"),
    output_height: int(1),
    output_width: int(1),
    sampling_ratio: int(0),
    spatial_scale: float(1),
  },
  inputs: [3, 3],
  infer({ inputs: [x, regions], attributes: { output_height, output_width } }) {
    const [count, channels] = [regions!.shape?.[0], x!.shape?.[1]];
    if (count === undefined || channels === undefined) return [{ dtype: x!.dtype, shape: undefined }];
    return [{ dtype: x!.dtype, shape: [count, channels, output_height, output_width] }];
  },
});
