import type { DType, Tensor } from "@athanor/core";
import { tensorOfNumbers } from "../constant-tensor.ts";
import { elementCode } from "../element-types.ts";
import type { Dim } from "../model.ts";
import type { NodeOptions, Value } from "./graph-builder.ts";

/** Short forms of the operators that rules and layers use most; a number stands for a constant of the other operand's type. */
export abstract class Sugar {
  abstract op(
    name: string,
    inputs: readonly (Value | undefined)[],
    attributes?: Readonly<Record<string, unknown>>,
    options?: NodeOptions,
  ): Value;
  abstract constant(value: number | readonly number[] | Tensor, dtype?: Exclude<DType, "string">): Value;

  #pair(name: string, a: Value | number, b: Value | number): Value {
    const { dtype } = (typeof a === "number" ? b : a) as Value;
    const value = (operand: Value | number) =>
      typeof operand === "number" ? this.constant(operand, dtype as "float32") : operand;
    return this.op(name, [value(a), value(b)]);
  }

  add = (a: Value | number, b: Value | number): Value => this.#pair("Add", a, b);
  sub = (a: Value | number, b: Value | number): Value => this.#pair("Sub", a, b);
  mul = (a: Value | number, b: Value | number): Value => this.#pair("Mul", a, b);
  div = (a: Value | number, b: Value | number): Value => this.#pair("Div", a, b);
  pow = (a: Value, b: Value | number): Value => this.#pair("Pow", a, b);
  max = (a: Value | number, b: Value | number): Value => this.#pair("Max", a, b);
  min = (a: Value | number, b: Value | number): Value => this.#pair("Min", a, b);
  greater = (a: Value, b: Value | number): Value => this.#pair("Greater", a, b);
  less = (a: Value, b: Value | number): Value => this.#pair("Less", a, b);
  equal = (a: Value, b: Value | number): Value => this.#pair("Equal", a, b);
  matMul = (a: Value, b: Value): Value => this.op("MatMul", [a, b]);
  abs = (x: Value): Value => this.op("Abs", [x]);
  neg = (x: Value): Value => this.op("Neg", [x]);
  sqrt = (x: Value): Value => this.op("Sqrt", [x]);
  exp = (x: Value): Value => this.op("Exp", [x]);
  log = (x: Value): Value => this.op("Log", [x]);
  relu = (x: Value): Value => this.op("Relu", [x]);
  sigmoid = (x: Value): Value => this.op("Sigmoid", [x]);
  tanh = (x: Value): Value => this.op("Tanh", [x]);
  identity = (x: Value): Value => this.op("Identity", [x]);
  where = (condition: Value, a: Value, b: Value): Value => this.op("Where", [condition, a, b]);
  softmax = (x: Value, axis = -1): Value => this.op("Softmax", [x], { axis });
  gather = (x: Value, indices: Value, axis = 0): Value => this.op("Gather", [x, indices], { axis });
  concat = (values: readonly Value[], axis: number): Value => this.op("Concat", values, { axis });
  cast = (x: Value, dtype: DType): Value => (x.dtype === dtype ? x : this.op("Cast", [x], { to: elementCode(dtype) }));

  /** What ConstantOfShape fills with: a one or a zero of a type. */
  one = (dtype: DType): Tensor => tensorOfNumbers(dtype, [1], [1]);
  zero = (dtype: DType): Tensor => tensorOfNumbers(dtype, [0], [1]);

  /** Reverses the axes when no permutation is given. */
  transpose = (x: Value, perm?: readonly number[]): Value => this.op("Transpose", [x], { perm });

  /** A dimension of -1 is inferred, 0 kept; a symbolic one becomes 0 where it is one of several and keeps its place, -1 otherwise. */
  reshape(x: Value, shape: readonly Dim[]): Value {
    const isOnly = shape.filter((dim) => typeof dim === "string" || dim === -1).length === 1;
    const target = shape.map((dim, axis) =>
      typeof dim === "number" ? dim : !isOnly && dim === x.shape[axis] ? 0 : -1,
    );
    const isEmpty = x.shape.includes(0) && target.includes(0) && !target.includes(-1);
    return this.op("Reshape", [x, this.constant(target, "int64")], isEmpty ? { allowzero: 1 } : {});
  }

  /** Sums over the axes, all of them when none are given. */
  reduceSum = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.#reduce("ReduceSum", x, axes, keepDims);
  reduceMean = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.#reduce("ReduceMean", x, axes, keepDims);
  reduceMax = (x: Value, axes?: readonly number[], keepDims = false): Value =>
    this.#reduce("ReduceMax", x, axes, keepDims);

  /** Over all axes when none are named; an empty list names none of them, which ONNX takes for all. */
  #reduce(name: string, x: Value, axes: readonly number[] | undefined, keepDims: boolean): Value {
    if (axes?.length === 0) return x;
    return this.op(name, [x, axes && this.constant(axes, "int64")], { keepdims: keepDims ? 1 : 0 });
  }
}
