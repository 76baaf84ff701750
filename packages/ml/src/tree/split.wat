;; Looks for the best split of a node's rows, feature by feature, and deals the rows out to its sides.
;;
;; `order` holds the node's row numbers, `pairs` 16 bytes for each: (weight, weight × target) as float64 where numbers are
;; learned, or the weight as float64 and 8 × class as int32. `bins` has one byte a row of the whole table.
;; `scratch` begins with a byte for each of 256 bins, 255 where it has rows; at 256 their counts of rows, at 1280 the lists of
;; their rows, at 2304 the bin that the last look found, at 2560 two tables of their sums. All but the result is zero between looks.
(module
  (import "env" "memory" (memory 1 65536 shared))

  ;; Sums of pairs: weight, weight × target, weight × target².
  (func (export "sumNumbers") (param $pairs i32) (param $count i32) (param $to i32)
    (local $end i32) (local $sum v128) (local $squares f64) (local $value f64)
    (local.set $end (i32.add (local.get $pairs) (i32.shl (local.get $count) (i32.const 4))))
    (loop $next
      (local.set $sum (f64x2.add (local.get $sum) (v128.load (local.get $pairs))))
      (local.set $value (f64.load offset=8 (local.get $pairs)))
      (local.set $squares (f64.add (local.get $squares)
        (f64.div (f64.mul (local.get $value) (local.get $value)) (f64.load (local.get $pairs)))))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $pairs) (local.get $end))))
    (v128.store (local.get $to) (local.get $sum))
    (f64.store offset=16 (local.get $to) (local.get $squares)))

  ;; Sums weights by class. Rows go to `to` and `other` in turn, so that no addition waits for the one before it.
  (func (export "sumClasses") (param $pairs i32) (param $count i32) (param $to i32) (param $other i32) (param $stride i32)
    (local $end i32) (local $at i32)
    (loop $clear
      (v128.store (i32.add (local.get $to) (local.get $at)) (v128.const i64x2 0 0))
      (v128.store (i32.add (local.get $other) (local.get $at)) (v128.const i64x2 0 0))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br_if $clear (i32.lt_u (local.get $at) (local.get $stride))))
    (local.set $end (i32.add (local.get $pairs) (i32.shl (local.get $count) (i32.const 4))))
    (if (i32.and (local.get $count) (i32.const 1)) (then
      (f64.store (i32.add (local.get $to) (i32.load offset=8 (local.get $pairs))) (f64.load (local.get $pairs)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $pairs) (local.get $end)))
      (local.set $at (i32.add (local.get $to) (i32.load offset=8 (local.get $pairs))))
      (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (f64.load (local.get $pairs))))
      (local.set $at (i32.add (local.get $other) (i32.load offset=24 (local.get $pairs))))
      (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (f64.load offset=16 (local.get $pairs))))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 32)))
      (br $next)))
    (call $merge (local.get $to) (local.get $other) (local.get $stride)))

  ;; Adds sums to others and leaves zeros.
  (func $merge (param $to i32) (param $from i32) (param $bytes i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (local.get $bytes)))
    (loop $next
      (v128.store (local.get $to) (f64x2.add (v128.load (local.get $to)) (v128.load (local.get $from))))
      (v128.store (local.get $from) (v128.const i64x2 0 0))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; Counts rows by bin.
  (func $countRows (param $order i32) (param $count i32) (param $bins i32) (param $scratch i32)
    (local $end i32) (local $at i32)
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (loop $next
      (local.set $at (i32.add (local.get $scratch)
        (i32.shl (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $order)))) (i32.const 2))))
      (i32.store offset=256 (local.get $at) (i32.add (i32.load offset=256 (local.get $at)) (i32.const 1)))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $order) (local.get $end)))))

  ;; Sums pairs by bin. Many rows go to two tables in turn, so that no addition waits for the one before it.
  (func $fillNumbers (export "fillNumbers")
    (param $order i32) (param $pairs i32) (param $count i32) (param $bins i32) (param $chunks i32) (param $scratch i32)
    (param $least i32)
    (local $end i32) (local $bin i32) (local $at i32) (local $sums i32) (local $others i32)
    (if (i32.gt_u (local.get $least) (i32.const 1))
      (then (call $countRows (local.get $order) (local.get $count) (local.get $bins) (local.get $scratch))))
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $sums (i32.add (local.get $scratch) (i32.const 2560)))
    (local.set $others (local.get $sums))
    (if (i32.gt_u (local.get $count) (i32.shl (local.get $chunks) (i32.const 2)))
      (then (local.set $others (i32.add (local.get $sums) (i32.const 4096)))))
    (if (i32.and (local.get $count) (i32.const 1)) (then
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (v128.store (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))) (v128.load (local.get $pairs)))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (local.set $at (i32.add (local.get $sums) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (v128.load (local.get $pairs))))
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load offset=4 (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (local.set $at (i32.add (local.get $others) (i32.shl (local.get $bin) (i32.const 4))))
      (v128.store (local.get $at) (f64x2.add (v128.load (local.get $at)) (v128.load offset=16 (local.get $pairs))))
      (local.set $order (i32.add (local.get $order) (i32.const 8)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 32)))
      (br $next)))
    (if (i32.ne (local.get $others) (local.get $sums))
      (then (call $merge (local.get $sums) (local.get $others) (i32.shl (local.get $chunks) (i32.const 4))))))

  ;; The most by which the sum of squared errors falls, −1 where all rows share a bin; with `only` not below 0, what it
  ;; falls by when that is the last bin to go left. `total` holds the sums of the node, each side keeps `least` rows.
  (func $scanNumbers (export "scanNumbers")
    (param $count i32) (param $chunks i32) (param $scratch i32) (param $total i32) (param $least i32) (param $only i32)
    (result f64)
    (local $all v128) (local $left v128) (local $rest v128) (local $own f64) (local $gain f64) (local $best f64)
    (local $chunk i32) (local $mask i32) (local $bin i32) (local $before i32) (local $at i32) (local $rows i32)
    (local.set $all (v128.load (local.get $total)))
    (local.set $own (f64.div
      (f64.mul (f64x2.extract_lane 1 (local.get $all)) (f64x2.extract_lane 1 (local.get $all)))
      (f64x2.extract_lane 0 (local.get $all))))
    (local.set $best (f64.const -1))
    (local.set $before (i32.const -1))
    (loop $chunks
      (local.set $at (i32.add (local.get $scratch) (local.get $chunk)))
      (local.set $mask (i8x16.bitmask (v128.load (local.get $at))))
      (if (local.get $mask) (then
        (v128.store (local.get $at) (v128.const i64x2 0 0))
        (loop $bins
          (local.set $bin (i32.add (local.get $chunk) (i32.ctz (local.get $mask))))
          (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
          (if (i32.ge_s (local.get $before) (i32.const 0)) (then
            (local.set $best (f64.max (local.get $best) (f64.const 0)))
            (if (i32.or (i32.le_u (local.get $least) (i32.const 1)) (i32.and
                  (i32.ge_u (local.get $rows) (local.get $least))
                  (i32.ge_u (i32.sub (local.get $count) (local.get $rows)) (local.get $least))))
              (then
                (local.set $rest (f64x2.sub (local.get $all) (local.get $left)))
                (local.set $gain (call $sumOfSquares (local.get $left) (local.get $rest)))
                (local.set $gain (f64.sub (local.get $gain) (local.get $own)))
                (if (select
                      (f64.gt (local.get $gain) (local.get $best))
                      (i32.le_s (local.get $before) (local.get $only))
                      (i32.lt_s (local.get $only) (i32.const 0)))
                  (then
                    (local.set $best (local.get $gain))
                    (i32.store offset=2304 (local.get $scratch) (local.get $before))))))))
          (local.set $before (local.get $bin))
          (local.set $at (i32.add (local.get $scratch) (i32.shl (local.get $bin) (i32.const 4))))
          (local.set $left (f64x2.add (local.get $left) (v128.load offset=2560 (local.get $at))))
          (v128.store offset=2560 (local.get $at) (v128.const i64x2 0 0))
          (if (i32.gt_u (local.get $least) (i32.const 1)) (then
            (local.set $at (i32.add (local.get $scratch) (i32.shl (local.get $bin) (i32.const 2))))
            (local.set $rows (i32.add (local.get $rows) (i32.load offset=256 (local.get $at))))
            (i32.store offset=256 (local.get $at) (i32.const 0))))
          (br_if $bins (local.get $mask)))))
      (local.set $chunk (i32.add (local.get $chunk) (i32.const 16)))
      (br_if $chunks (i32.lt_u (local.get $chunk) (local.get $chunks))))
    (local.get $best))

  ;; Σ sum² / weight over both sides.
  (func $sumOfSquares (param $left v128) (param $right v128) (result f64)
    (local $sums v128)
    (local.set $sums (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $left) (local.get $right)))
    (local.set $sums (f64x2.div (f64x2.mul (local.get $sums) (local.get $sums))
      (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $left) (local.get $right))))
    (f64.add (f64x2.extract_lane 0 (local.get $sums)) (f64x2.extract_lane 1 (local.get $sums))))

  (func (export "lookNumbers")
    (param $order i32) (param $pairs i32) (param $count i32) (param $bins i32) (param $chunks i32) (param $scratch i32)
    (param $total i32) (param $least i32)
    (result f64)
    (call $fillNumbers (local.get $order) (local.get $pairs) (local.get $count) (local.get $bins) (local.get $chunks)
      (local.get $scratch) (local.get $least))
    (call $scanNumbers (local.get $count) (local.get $chunks) (local.get $scratch) (local.get $total) (local.get $least)
      (i32.const -1)))

  ;; Sums weights by bin and class, in two tables as `fillNumbers` does; `stride` bytes are a bin's.
  (func (export "fillClasses")
    (param $order i32) (param $pairs i32) (param $count i32) (param $bins i32) (param $chunks i32) (param $scratch i32)
    (param $least i32) (param $stride i32)
    (local $end i32) (local $bin i32) (local $at i32) (local $sums i32) (local $others i32)
    (if (i32.gt_u (local.get $least) (i32.const 1))
      (then (call $countRows (local.get $order) (local.get $count) (local.get $bins) (local.get $scratch))))
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $sums (i32.add (local.get $scratch) (i32.const 2560)))
    (local.set $others (local.get $sums))
    (if (i32.gt_u (local.get $count) (i32.mul (local.get $chunks) (i32.shr_u (local.get $stride) (i32.const 2))))
      (then (local.set $others (i32.add (local.get $sums) (i32.shl (local.get $stride) (i32.const 8))))))
    (if (i32.and (local.get $count) (i32.const 1)) (then
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (f64.store
        (i32.add (i32.add (local.get $sums) (i32.mul (local.get $bin) (local.get $stride)))
          (i32.load offset=8 (local.get $pairs)))
        (f64.load (local.get $pairs)))
      (local.set $order (i32.add (local.get $order) (i32.const 4)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))))
    (block $done (loop $next
      (br_if $done (i32.ge_u (local.get $order) (local.get $end)))
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (local.set $at (i32.add (i32.add (local.get $sums) (i32.mul (local.get $bin) (local.get $stride)))
        (i32.load offset=8 (local.get $pairs))))
      (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (f64.load (local.get $pairs))))
      (local.set $bin (i32.load8_u (i32.add (local.get $bins) (i32.load offset=4 (local.get $order)))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (local.set $at (i32.add (i32.add (local.get $others) (i32.mul (local.get $bin) (local.get $stride)))
        (i32.load offset=24 (local.get $pairs))))
      (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (f64.load offset=16 (local.get $pairs))))
      (local.set $order (i32.add (local.get $order) (i32.const 8)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 32)))
      (br $next)))
    (if (i32.ne (local.get $others) (local.get $sums))
      (then (call $merge (local.get $sums) (local.get $others) (i32.mul (local.get $chunks) (local.get $stride))))))

  ;; Strings the rows of each bin together: where each has its place in the node, plus one, `next` says what comes after it.
  (func (export "listClasses")
    (param $order i32) (param $count i32) (param $bins i32) (param $scratch i32) (param $next i32)
    (local $i i32) (local $bin i32) (local $at i32)
    (loop $rows
      (local.set $bin (i32.load8_u (i32.add (local.get $bins)
        (i32.load (i32.add (local.get $order) (i32.shl (local.get $i) (i32.const 2)))))))
      (i32.store8 (i32.add (local.get $scratch) (local.get $bin)) (i32.const 255))
      (local.set $at (i32.add (local.get $scratch) (i32.shl (local.get $bin) (i32.const 2))))
      (i32.store (i32.add (local.get $next) (i32.shl (local.get $i) (i32.const 2))) (i32.load offset=1280 (local.get $at)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (i32.store offset=1280 (local.get $at) (local.get $i))
      (br_if $rows (i32.lt_u (local.get $i) (local.get $count)))))

  ;; As `scanNumbers`, for weight × Gini impurity. `totals` holds the weights of the classes, `squares` the sum of their
  ;; squares; `left` has room for as many. Rows come from lists where `next` is not 0.
  (func (export "scanClasses")
    (param $count i32) (param $chunks i32) (param $scratch i32) (param $least i32) (param $only i32)
    (param $pairs i32) (param $next i32) (param $stride i32) (param $totals i32) (param $left i32)
    (param $weight f64) (param $squares f64)
    (result f64)
    (local $own f64) (local $gain f64) (local $best f64) (local $gone f64) (local $lefts f64) (local $dot f64)
    (local $share f64) (local $old f64)
    (local $chunk i32) (local $mask i32) (local $bin i32) (local $before i32) (local $at i32) (local $rows i32)
    (local $class i32) (local $i i32)
    (local $shares v128) (local $olds v128) (local $lefts2 v128) (local $dots2 v128) (local $gone2 v128)
    (local.set $own (f64.div (local.get $squares) (local.get $weight)))
    (local.set $best (f64.const -1))
    (local.set $before (i32.const -1))
    (loop $clear
      (v128.store (i32.add (local.get $left) (local.get $class)) (v128.const i64x2 0 0))
      (local.set $class (i32.add (local.get $class) (i32.const 16)))
      (br_if $clear (i32.lt_u (local.get $class) (local.get $stride))))
    (loop $chunks
      (local.set $at (i32.add (local.get $scratch) (local.get $chunk)))
      (local.set $mask (i8x16.bitmask (v128.load (local.get $at))))
      (if (local.get $mask) (then
        (v128.store (local.get $at) (v128.const i64x2 0 0))
        (loop $bins
          (local.set $bin (i32.add (local.get $chunk) (i32.ctz (local.get $mask))))
          (local.set $mask (i32.and (local.get $mask) (i32.sub (local.get $mask) (i32.const 1))))
          (if (i32.ge_s (local.get $before) (i32.const 0)) (then
            (local.set $best (f64.max (local.get $best) (f64.const 0)))
            (if (i32.or (i32.le_u (local.get $least) (i32.const 1)) (i32.and
                  (i32.ge_u (local.get $rows) (local.get $least))
                  (i32.ge_u (i32.sub (local.get $count) (local.get $rows)) (local.get $least))))
              (then
                ;; Σ (total − left)² = Σ total² − 2 Σ total × left + Σ left²
                (local.set $gain (f64.sub
                  (f64.add
                    (f64.div (local.get $lefts) (local.get $gone))
                    (f64.div
                      (f64.add (f64.sub (local.get $squares) (f64.mul (f64.const 2) (local.get $dot))) (local.get $lefts))
                      (f64.sub (local.get $weight) (local.get $gone))))
                  (local.get $own)))
                (if (select
                      (f64.gt (local.get $gain) (local.get $best))
                      (i32.le_s (local.get $before) (local.get $only))
                      (i32.lt_s (local.get $only) (i32.const 0)))
                  (then
                    (local.set $best (local.get $gain))
                    (i32.store offset=2304 (local.get $scratch) (local.get $before))))))))
          (local.set $before (local.get $bin))
          (if (local.get $next)
            (then
              (local.set $at (i32.add (local.get $scratch) (i32.shl (local.get $bin) (i32.const 2))))
              (local.set $i (i32.load offset=1280 (local.get $at)))
              (i32.store offset=1280 (local.get $at) (i32.const 0))
              (loop $list
                (local.set $i (i32.sub (local.get $i) (i32.const 1)))
                (local.set $at (i32.add (local.get $pairs) (i32.shl (local.get $i) (i32.const 4))))
                (local.set $share (f64.load (local.get $at)))
                (local.set $class (i32.load offset=8 (local.get $at)))
                (local.set $at (i32.add (local.get $left) (local.get $class)))
                (local.set $old (f64.load (local.get $at)))
                (f64.store (local.get $at) (f64.add (local.get $old) (local.get $share)))
                (local.set $gone (f64.add (local.get $gone) (local.get $share)))
                (local.set $lefts (f64.add (local.get $lefts) (f64.mul (local.get $share)
                  (f64.add (f64.add (local.get $old) (local.get $old)) (local.get $share)))))
                (local.set $dot (f64.add (local.get $dot)
                  (f64.mul (local.get $share) (f64.load (i32.add (local.get $totals) (local.get $class))))))
                (local.set $rows (i32.add (local.get $rows) (i32.const 1)))
                (local.set $i (i32.load (i32.add (local.get $next) (i32.shl (local.get $i) (i32.const 2)))))
                (br_if $list (local.get $i))))
            (else
              (local.set $at (i32.add (local.get $scratch) (i32.mul (local.get $bin) (local.get $stride))))
              (local.set $class (i32.const 0))
              (loop $classes
                (local.set $shares (v128.load offset=2560 (local.get $at)))
                (v128.store offset=2560 (local.get $at) (v128.const i64x2 0 0))
                (local.set $olds (v128.load (i32.add (local.get $left) (local.get $class))))
                (v128.store (i32.add (local.get $left) (local.get $class))
                  (f64x2.add (local.get $olds) (local.get $shares)))
                (local.set $gone2 (f64x2.add (local.get $gone2) (local.get $shares)))
                (local.set $lefts2 (f64x2.add (local.get $lefts2) (f64x2.mul (local.get $shares)
                  (f64x2.add (f64x2.add (local.get $olds) (local.get $olds)) (local.get $shares)))))
                (local.set $dots2 (f64x2.add (local.get $dots2)
                  (f64x2.mul (local.get $shares) (v128.load (i32.add (local.get $totals) (local.get $class))))))
                (local.set $at (i32.add (local.get $at) (i32.const 16)))
                (local.set $class (i32.add (local.get $class) (i32.const 16)))
                (br_if $classes (i32.lt_u (local.get $class) (local.get $stride))))
              (local.set $gone (call $sumOf (local.get $gone2)))
              (local.set $lefts (call $sumOf (local.get $lefts2)))
              (local.set $dot (call $sumOf (local.get $dots2)))
              (if (i32.gt_u (local.get $least) (i32.const 1)) (then
                (local.set $at (i32.add (local.get $scratch) (i32.shl (local.get $bin) (i32.const 2))))
                (local.set $rows (i32.add (local.get $rows) (i32.load offset=256 (local.get $at))))
                (i32.store offset=256 (local.get $at) (i32.const 0))))))
          (br_if $bins (local.get $mask)))))
      (local.set $chunk (i32.add (local.get $chunk) (i32.const 16)))
      (br_if $chunks (i32.lt_u (local.get $chunk) (local.get $chunks))))
    (local.get $best))

  (func $sumOf (param $pair v128) (result f64)
    (f64.add (f64x2.extract_lane 0 (local.get $pair)) (f64x2.extract_lane 1 (local.get $pair))))

  ;; Brings rows up to a bin to the front, each side in its order; returns how many they are.
  (func (export "part")
    (param $order i32) (param $pairs i32) (param $count i32) (param $bins i32) (param $bin i32)
    (param $spare i32) (param $sparePairs i32)
    (result i32)
    (local $end i32) (local $row i32) (local $pair v128) (local $is i32)
    (local $left i32) (local $leftPairs i32) (local $right i32) (local $rightPairs i32) (local $kept i32)
    (local.set $left (local.get $order))
    (local.set $leftPairs (local.get $pairs))
    (local.set $right (local.get $spare))
    (local.set $rightPairs (local.get $sparePairs))
    (local.set $end (i32.add (local.get $order) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $row (local.get $order))
    (loop $next
      (local.set $pair (v128.load (local.get $pairs)))
      (local.set $is (i32.le_u
        (i32.load8_u (i32.add (local.get $bins) (i32.load (local.get $row))))
        (local.get $bin)))
      (i32.store (local.get $right) (i32.load (local.get $row)))
      (i32.store (local.get $left) (i32.load (local.get $row)))
      (v128.store (local.get $leftPairs) (local.get $pair))
      (v128.store (local.get $rightPairs) (local.get $pair))
      (local.set $left (i32.add (local.get $left) (i32.shl (local.get $is) (i32.const 2))))
      (local.set $leftPairs (i32.add (local.get $leftPairs) (i32.shl (local.get $is) (i32.const 4))))
      (local.set $is (i32.sub (i32.const 1) (local.get $is)))
      (local.set $right (i32.add (local.get $right) (i32.shl (local.get $is) (i32.const 2))))
      (local.set $rightPairs (i32.add (local.get $rightPairs) (i32.shl (local.get $is) (i32.const 4))))
      (local.set $row (i32.add (local.get $row) (i32.const 4)))
      (local.set $pairs (i32.add (local.get $pairs) (i32.const 16)))
      (br_if $next (i32.lt_u (local.get $row) (local.get $end))))
    (local.set $kept (i32.shr_u (i32.sub (local.get $left) (local.get $order)) (i32.const 2)))
    (block $done (loop $back
      (br_if $done (i32.ge_u (local.get $spare) (local.get $right)))
      (i32.store (local.get $left) (i32.load (local.get $spare)))
      (v128.store (local.get $leftPairs) (v128.load (local.get $sparePairs)))
      (local.set $spare (i32.add (local.get $spare) (i32.const 4)))
      (local.set $sparePairs (i32.add (local.get $sparePairs) (i32.const 16)))
      (local.set $left (i32.add (local.get $left) (i32.const 4)))
      (local.set $leftPairs (i32.add (local.get $leftPairs) (i32.const 16)))
      (br $back)))
    (local.get $kept))

  ;; Draws as many of the rows as there are, with replacement, and counts each in 16 bits.
  ;; SplitMix64 (Steele, Lea and Flood 2014), of which the upper half times the count of rows gives a row.
  (func (export "drawRows") (param $counts i32) (param $rows i32) (param $seed i64)
    (local $left i32) (local $mixed i64) (local $at i32)
    (local.set $left (local.get $rows))
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $left)))
      (local.set $seed (i64.add (local.get $seed) (i64.const 0x9e3779b97f4a7c15)))
      (local.set $mixed (i64.mul
        (i64.xor (local.get $seed) (i64.shr_u (local.get $seed) (i64.const 30)))
        (i64.const 0xbf58476d1ce4e5b9)))
      (local.set $mixed (i64.mul
        (i64.xor (local.get $mixed) (i64.shr_u (local.get $mixed) (i64.const 27)))
        (i64.const 0x94d049bb133111eb)))
      (local.set $mixed (i64.xor (local.get $mixed) (i64.shr_u (local.get $mixed) (i64.const 31))))
      (local.set $at (i32.add (local.get $counts) (i32.shl
        (i32.wrap_i64 (i64.shr_u
          (i64.mul (i64.shr_u (local.get $mixed) (i64.const 32)) (i64.extend_i32_u (local.get $rows)))
          (i64.const 32)))
        (i32.const 1))))
      (i32.store16 (local.get $at) (i32.add (i32.load16_u (local.get $at)) (i32.const 1)))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br $next)))))
