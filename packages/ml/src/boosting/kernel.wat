;; The inner loops of histogram boosting, over memory that all threads share.
;;
;; A histogram has 256 bins: pairs of float64 (sum of gradients, sum of hessians), then counts of rows.
;; Gradients come as pairs of float32 (gradient, hessian).
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Adds rows to the histograms of several features at once, so that no addition waits for the one before it.
  (func (export "fillFour")
    (param $order i32) (param $pairs i32) (param $count i32)
    (param $bins0 i32) (param $bins1 i32) (param $bins2 i32) (param $bins3 i32)
    (param $to0 i32) (param $to1 i32) (param $to2 i32) (param $to3 i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32) (local $pair v128)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $row (i32.load (local.get $order)))
      (local.set $pair (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $pairs))))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins0) (local.get $row))))
      (local.set $at (i32.add (local.get $to0) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to0) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins1) (local.get $row))))
      (local.set $at (i32.add (local.get $to1) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to1) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins2) (local.get $row))))
      (local.set $at (i32.add (local.get $to2) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to2) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins3) (local.get $row))))
      (local.set $at (i32.add (local.get $to3) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to3) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
      (br $next))))

  (func (export "fillTwo")
    (param $order i32) (param $pairs i32) (param $count i32)
    (param $bins0 i32) (param $bins1 i32) (param $to0 i32) (param $to1 i32)
    (local $end i32) (local $row i32) (local $bin i32) (local $at i32) (local $pair v128)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $row (i32.load (local.get $order)))
      (local.set $pair (f64x2.promote_low_f32x4 (v128.load64_zero (local.get $pairs))))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins0) (local.get $row))))
      (local.set $at (i32.add (local.get $to0) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to0) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $bin (i32.load8_u (i32.add (local.get $bins1) (local.get $row))))
      (local.set $at (i32.add (local.get $to1) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (local.get $pair)))
      (local.set $at (i32.add (local.get $to1) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store offset=4096 (local.get $at) (i32.add (i32.load offset=4096 (local.get $at)) (i32.const 1)))

      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
      (br $next))))

  ;; Brings the pairs of the rows of a leaf together.
  (func (export "gather") (param $order i32) (param $count i32) (param $from i32) (param $to i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (i64.store (local.get $to)
        (i64.load (i32.add (local.get $from) (i32.shl (i32.load (local.get $order)) (i32.const 3)))))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 8)))
      (br $next))))

  ;; Takes one histogram from another: the bytes of pairs, then those of counts, of every feature.
  (func (export "subtract") (param $from i32) (param $what i32) (param $to i32) (param $features i32)
    (local $end i32)
    (block $none
      (br_if $none (i32.eqz (local.get $features)))
      (loop $feature
        (local.set $end (i32.add (local.get $from) (i32.const 4096)))
        (loop $pair
          (v128.store (local.get $to)
            (f64x2.sub (v128.load (local.get $from)) (v128.load (local.get $what))))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $what (i32.add (local.get $what) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (br_if $pair (i32.lt_u (local.get $from) (local.get $end))))
        (local.set $end (i32.add (local.get $from) (i32.const 1024)))
        (loop $count
          (v128.store (local.get $to)
            (i32x4.sub (v128.load (local.get $from)) (v128.load (local.get $what))))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (local.set $what (i32.add (local.get $what) (i32.const 16)))
          (local.set $to (i32.add (local.get $to) (i32.const 16)))
          (br_if $count (i32.lt_u (local.get $from) (local.get $end))))
        (local.set $features (i32.sub (local.get $features) (i32.const 1)))
        (br_if $feature (local.get $features)))))

  ;; Deals rows out to two lists by a table of bins, keeping their order; returns how many go left.
  (func (export "part")
    (param $order i32) (param $count i32) (param $bins i32) (param $goesLeft i32) (param $left i32) (param $right i32)
    (result i32)
    (local $end i32) (local $row i32) (local $is i32) (local $start i32)
    (local.set $start (local.get $left))
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $row (i32.load (local.get $order)))
      (local.set $is (i32.shl
        (i32.load8_u (i32.add (local.get $goesLeft)
          (i32.load8_u (i32.add (local.get $bins) (local.get $row)))))
        (i32.const 2)))
      (i32.store (local.get $left) (local.get $row))
      (i32.store (local.get $right) (local.get $row))
      (local.set $left (i32.add (local.get $left) (local.get $is)))
      (local.set $right (i32.add (local.get $right) (i32.sub (i32.const 4) (local.get $is))))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (br $next)))
    (i32.shr_u (i32.sub (local.get $left) (local.get $start)) (i32.const 2)))

  ;; Adds a leaf's value to the scores of its rows.
  (func (export "addToRows") (param $order i32) (param $count i32) (param $scores i32) (param $value f64)
    (local $end i32) (local $at i32)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $at (i32.add (local.get $scores) (i32.shl (i32.load (local.get $order)) (i32.const 3))))
      (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (local.get $value)))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (br $next)))))
