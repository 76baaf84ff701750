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

  ;; Zeros a whole number of 16 bytes.
  (func (export "clear") (param $at i32) (param $bytes i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $at) (local.get $bytes)))
    (loop $next
      (v128.store (local.get $at) (v128.const i64x2 0 0))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $at) (local.get $end)))))

  ;; Looks for the best cut in the histogram of an ordered feature, and writes it to `to` where it gains more than what is there:
  ;; gain, feature, bin, whether missing goes left, then gradient, hessian and count of the left side and of all, as float64.
  ;; A side's value is −G / (H + λ) between `lower` and `upper`; that of the right may not be on the wrong side of the left's.
  (func (export "scan")
    (param $at i32) (param $used i32) (param $to i32) (param $feature i32) (param $least i32)
    (param $l2 f64) (param $lower f64) (param $upper f64) (param $direction f64)
    (local $all v128) (local $left v128) (local $sides v128) (local $weights v128) (local $values v128)
    (local $penalty v128) (local $lowest v128) (local $highest v128) (local $bestLeft v128)
    (local $own f64) (local $best f64) (local $gain f64)
    (local $bin i32) (local $last i32) (local $pair i32) (local $rows i32) (local $count i32) (local $gone i32)
    (local $missing i32) (local $missingLeft i32) (local $bestBin i32) (local $bestGone i32) (local $bestMissing i32)
    (local.set $bestBin (i32.const -1))
    (local.set $penalty (f64x2.splat (local.get $l2)))
    (local.set $lowest (f64x2.splat (local.get $lower)))
    (local.set $highest (f64x2.splat (local.get $upper)))
    (local.set $missing (i32.load offset=5116 (local.get $at)))
    (loop $sum
      (local.set $rows (i32.load offset=4096 (i32.add (local.get $at) (i32.shl (local.get $bin) (i32.const 2)))))
      (if (local.get $rows) (then
        (local.set $count (i32.add (local.get $count) (local.get $rows)))
        (local.set $all (f64x2.add (local.get $all)
          (v128.load (i32.add (local.get $at) (i32.shl (local.get $bin) (i32.const 4))))))))
      (local.set $bin (i32.add (local.get $bin) (i32.const 1)))
      (br_if $sum (i32.lt_u (local.get $bin) (local.get $used))))
    (if (local.get $missing) (then
      (local.set $count (i32.add (local.get $count) (local.get $missing)))
      (local.set $all (f64x2.add (local.get $all) (v128.load offset=4080 (local.get $at))))))
    (local.set $values (call $valuesOf (local.get $all) (local.get $all)
      (local.get $penalty) (local.get $lowest) (local.get $highest)))
    (local.set $own (f64.mul (f64x2.extract_lane 0 (local.get $all)) (f64x2.extract_lane 0 (local.get $values))))
    (local.set $best (f64.load (local.get $to)))
    (loop $ways
      (local.set $bin (i32.const 0))
      ;; With missing values on the other side, all that is there may go left.
      (local.set $last (i32.sub (local.get $used)
        (i32.or (i32.eqz (local.get $missing)) (local.get $missingLeft))))
      (if (local.get $missingLeft)
        (then
          (local.set $left (v128.load offset=4080 (local.get $at)))
          (local.set $gone (local.get $missing)))
        (else
          (local.set $left (v128.const i64x2 0 0))
          (local.set $gone (i32.const 0))))
      (block $done (loop $next
        (br_if $done (i32.ge_s (local.get $bin) (local.get $last)))
        (local.set $rows (i32.load offset=4096 (i32.add (local.get $at) (i32.shl (local.get $bin) (i32.const 2)))))
        (if (local.get $rows) (then
          (local.set $left (f64x2.add (local.get $left)
            (v128.load (i32.add (local.get $at) (i32.shl (local.get $bin) (i32.const 4))))))
          (local.set $gone (i32.add (local.get $gone) (local.get $rows)))
          (br_if $done (i32.lt_s (i32.sub (local.get $count) (local.get $gone)) (local.get $least)))
          (if (i32.ge_s (local.get $gone) (local.get $least)) (then
            (local.set $sides (f64x2.sub (local.get $all) (local.get $left)))
            (if (i32.and
                  (f64.ge (f64x2.extract_lane 1 (local.get $left)) (f64.const 1e-3))
                  (f64.ge (f64x2.extract_lane 1 (local.get $sides)) (f64.const 1e-3)))
              (then
                (local.set $values (call $valuesOf (local.get $left) (local.get $sides)
                  (local.get $penalty) (local.get $lowest) (local.get $highest)))
                (local.set $weights (f64x2.mul (local.get $values)
                  (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $left) (local.get $sides))))
                (local.set $gain (f64.sub
                  (f64.sub (local.get $own) (f64x2.extract_lane 0 (local.get $weights)))
                  (f64x2.extract_lane 1 (local.get $weights))))
                (if (i32.and
                      (f64.gt (local.get $gain) (local.get $best))
                      (i32.eqz (f64.lt
                        (f64.mul (local.get $direction) (f64.sub
                          (f64x2.extract_lane 1 (local.get $values))
                          (f64x2.extract_lane 0 (local.get $values))))
                        (f64.const 0))))
                  (then
                    (local.set $best (local.get $gain))
                    (local.set $bestBin (local.get $bin))
                    (local.set $bestLeft (local.get $left))
                    (local.set $bestGone (local.get $gone))
                    (local.set $bestMissing (local.get $missingLeft))))))))))
        (local.set $bin (i32.add (local.get $bin) (i32.const 1)))
        (br $next)))
      (if (i32.and (i32.ne (local.get $missing) (i32.const 0)) (i32.eqz (local.get $missingLeft))) (then
        (local.set $missingLeft (i32.const 1))
        (br $ways))))
    (if (i32.ge_s (local.get $bestBin) (i32.const 0)) (then
      ;; Where none is missing, a value missing later goes with most rows.
      (if (i32.eqz (local.get $missing)) (then
        (local.set $bestMissing (i32.gt_s (i32.shl (local.get $bestGone) (i32.const 1)) (local.get $count)))))
      (f64.store (local.get $to) (local.get $best))
      (f64.store offset=8 (local.get $to) (f64.convert_i32_s (local.get $feature)))
      (f64.store offset=16 (local.get $to) (f64.convert_i32_s (local.get $bestBin)))
      (f64.store offset=24 (local.get $to) (f64.convert_i32_s (local.get $bestMissing)))
      (v128.store offset=32 (local.get $to) (local.get $bestLeft))
      (f64.store offset=48 (local.get $to) (f64.convert_i32_s (local.get $bestGone)))
      (v128.store offset=56 (local.get $to) (local.get $all))
      (f64.store offset=72 (local.get $to) (f64.convert_i32_s (local.get $count))))))

  ;; The values of two sides, given as gradient and hessian each; what keeps them from infinity is below any other rounding.
  (func $valuesOf (param $left v128) (param $right v128) (param $penalty v128) (param $lowest v128) (param $highest v128)
    (result v128)
    (f64x2.min (local.get $highest) (f64x2.max (local.get $lowest) (f64x2.div
      (f64x2.neg
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $left) (local.get $right)))
      (f64x2.add
        (f64x2.add
          (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $left) (local.get $right))
          (local.get $penalty))
        (v128.const f64x2 1e-15 1e-15))))))

  ;; Brings rows that go left by a table of bins to the front, each side in its order; `right` is room for the others. Returns how
  ;; many go left.
  (func (export "part")
    (param $order i32) (param $count i32) (param $bins i32) (param $goesLeft i32) (param $right i32)
    (result i32)
    (local $end i32) (local $row i32) (local $is i32) (local $start i32) (local $left i32) (local $spare i32) (local $kept i32)
    (local.set $start (local.get $order))
    (local.set $left (local.get $order))
    (local.set $spare (local.get $right))
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
    (local.set $kept (i32.shr_u (i32.sub (local.get $left) (local.get $start)) (i32.const 2)))
    (block $done (loop $back
      (br_if $done (i32.ge_u (local.get $spare) (local.get $right)))
      (i32.store (local.get $left) (i32.load (local.get $spare)))
      (local.set $left (i32.add (local.get $left) (i32.const 4)))
      (local.set $spare (i32.add (local.get $spare) (i32.const 4)))
      (br $back)))
    (local.get $kept))

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
