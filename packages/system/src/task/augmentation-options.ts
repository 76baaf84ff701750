import { flag, integer, type OptionValues, real } from "@athanor/core";
import {
  type Augmentation,
  affine,
  colour,
  erasing,
  flip,
  type ImageShape,
  randAugment,
  randomCrop,
  randomResizedCrop,
} from "@athanor/data";
import { cutMix, type Mix, mixup } from "@athanor/nn";

/** How pictures change from epoch to epoch; nothing changes by default. */
export const augmentationOptions = {
  flip: flag(false, "mirror half of the pictures in training"),
  padding: integer(0, "border in pixels that a crop of the picture's own size moves in", { min: 0 }),
  minArea: real(1, "least area of a random part that is scaled up, as a share of the picture's", { min: 0.05, max: 1 }),
  degrees: real(0, "most that pictures turn", { min: 0, max: 180 }),
  translate: real(0, "most that they move, as a share of the side", { min: 0, max: 1 }),
  zoom: real(0, "most that they grow or shrink, as a share", { min: 0, max: 0.9 }),
  colour: real(0, "most that brightness, contrast and saturation change, as a share", { min: 0, max: 1 }),
  randAugment: integer(0, "random changes of each picture out of fourteen kinds", { min: 0, max: 14 }),
  erasing: real(0, "share of pictures that a part of is erased of", { min: 0, max: 1 }),
  mixup: real(0, "alpha of adding pictures up; 0 for not at all", { min: 0, max: 1 }),
  cutMix: real(0, "alpha of putting parts of pictures into others; 0 for not at all", { min: 0, max: 1 }),
  mixing: real(1, "share of batches that are mixed", { min: 0, max: 1 }),
  labelSmoothing: real(0, "share of each label that is spread over all classes", { min: 0, max: 0.9 }),
};

type Chosen = OptionValues<typeof augmentationOptions>;

/** What is done to each picture of a training batch. */
export function augmentationsOf(chosen: Chosen, { width }: ImageShape): readonly Augmentation[] {
  const { padding, minArea, degrees, translate, zoom } = chosen;
  const noise = { brightness: chosen.colour, contrast: chosen.colour, saturation: chosen.colour };
  return [
    ...(minArea < 1 ? [randomResizedCrop({ size: width, minArea })] : []),
    ...(padding > 0 ? [randomCrop({ padding })] : []),
    ...(chosen.flip ? [flip({})] : []),
    ...(degrees > 0 || translate > 0 || zoom > 0 ? [affine({ degrees, translate, scale: zoom })] : []),
    ...(chosen.colour > 0 ? [colour(noise)] : []),
    ...(chosen.randAugment > 0 ? [randAugment({ count: chosen.randAugment })] : []),
    ...(chosen.erasing > 0 ? [erasing({ probability: chosen.erasing })] : []),
  ];
}

/** What is done to whole batches. */
export const mixesOf = (chosen: Chosen): readonly Mix[] => [
  ...(chosen.mixup > 0 ? [mixup({ alpha: chosen.mixup })] : []),
  ...(chosen.cutMix > 0 ? [cutMix({ alpha: chosen.cutMix })] : []),
];
