;; Walks rows down the nodes of a tree, eight at once so that none waits for another's memory, and adds what their leaves hold.
;;
;; A node takes 16 bytes: where the column of its feature begins, in bytes; threshold (float32); address of the left child, which the
;; right one follows; of a leaf, what it holds. Nothing exceeds the threshold of a leaf, which is its own left child.
;; Samples lie column by column.
(module
  (import "env" "memory" (memory 1))

  ;; The count of rows is a multiple of 8; their leaves' addresses go to `leaves`.
  (func (export "walk") (param $root i32) (param $samples i32) (param $rows i32) (param $leaves i32)
    (local $end i32) (local $to i32) (local $moved i32)
    (local $at0 i32) (local $at1 i32) (local $at2 i32) (local $at3 i32) (local $at4 i32) (local $at5 i32) (local $at6 i32) (local $at7 i32)
    (local.set $end (i32.add (local.get $samples) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $next
      (local.set $at0 (local.get $root))
      (local.set $at1 (local.get $root))
      (local.set $at2 (local.get $root))
      (local.set $at3 (local.get $root))
      (local.set $at4 (local.get $root))
      (local.set $at5 (local.get $root))
      (local.set $at6 (local.get $root))
      (local.set $at7 (local.get $root))
      (loop $down
        (local.set $moved (i32.const 0))
        ;; A child is computed, not chosen by a branch that would be guessed wrong half the time.
        (local.set $to (i32.add (i32.load offset=8 (local.get $at0)) (i32.shl
          (f32.gt
            (f32.load offset=0 (i32.add (local.get $samples) (i32.load (local.get $at0))))
            (f32.load offset=4 (local.get $at0)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at0) (local.get $to))))
        (local.set $at0 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at1)) (i32.shl
          (f32.gt
            (f32.load offset=4 (i32.add (local.get $samples) (i32.load (local.get $at1))))
            (f32.load offset=4 (local.get $at1)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at1) (local.get $to))))
        (local.set $at1 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at2)) (i32.shl
          (f32.gt
            (f32.load offset=8 (i32.add (local.get $samples) (i32.load (local.get $at2))))
            (f32.load offset=4 (local.get $at2)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at2) (local.get $to))))
        (local.set $at2 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at3)) (i32.shl
          (f32.gt
            (f32.load offset=12 (i32.add (local.get $samples) (i32.load (local.get $at3))))
            (f32.load offset=4 (local.get $at3)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at3) (local.get $to))))
        (local.set $at3 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at4)) (i32.shl
          (f32.gt
            (f32.load offset=16 (i32.add (local.get $samples) (i32.load (local.get $at4))))
            (f32.load offset=4 (local.get $at4)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at4) (local.get $to))))
        (local.set $at4 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at5)) (i32.shl
          (f32.gt
            (f32.load offset=20 (i32.add (local.get $samples) (i32.load (local.get $at5))))
            (f32.load offset=4 (local.get $at5)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at5) (local.get $to))))
        (local.set $at5 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at6)) (i32.shl
          (f32.gt
            (f32.load offset=24 (i32.add (local.get $samples) (i32.load (local.get $at6))))
            (f32.load offset=4 (local.get $at6)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at6) (local.get $to))))
        (local.set $at6 (local.get $to))
        (local.set $to (i32.add (i32.load offset=8 (local.get $at7)) (i32.shl
          (f32.gt
            (f32.load offset=28 (i32.add (local.get $samples) (i32.load (local.get $at7))))
            (f32.load offset=4 (local.get $at7)))
          (i32.const 4))))
        (local.set $moved (i32.or (local.get $moved) (i32.xor (local.get $at7) (local.get $to))))
        (local.set $at7 (local.get $to))
        (br_if $down (local.get $moved)))
      (i32.store offset=0 (local.get $leaves) (local.get $at0))
      (i32.store offset=4 (local.get $leaves) (local.get $at1))
      (i32.store offset=8 (local.get $leaves) (local.get $at2))
      (i32.store offset=12 (local.get $leaves) (local.get $at3))
      (i32.store offset=16 (local.get $leaves) (local.get $at4))
      (i32.store offset=20 (local.get $leaves) (local.get $at5))
      (i32.store offset=24 (local.get $leaves) (local.get $at6))
      (i32.store offset=28 (local.get $leaves) (local.get $at7))
      (local.set $leaves (i32.add (local.get $leaves) (i32.const 32)))
      (local.set $samples (i32.add (local.get $samples) (i32.const 32)))
      (br_if $next (i32.lt_u (local.get $samples) (local.get $end)))))

  ;; Adds to the sums of each row what its leaf holds: `scale` to one output, named by its place in bytes, or scaled values to all,
  ;; named by the complement of their address.
  (func (export "add") (param $leaves i32) (param $rows i32) (param $sums i32) (param $width i32) (param $scale f64)
    (local $end i32) (local $held i32) (local $last i32) (local $at i32)
    (local.set $end (i32.add (local.get $leaves) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $next
      (local.set $held (i32.load offset=12 (i32.load (local.get $leaves))))
      (if (i32.ge_s (local.get $held) (i32.const 0))
        (then
          (local.set $at (i32.add (local.get $sums) (local.get $held)))
          (f64.store (local.get $at) (f64.add (f64.load (local.get $at)) (local.get $scale))))
        (else
          (local.set $held (i32.xor (local.get $held) (i32.const -1)))
          (local.set $at (local.get $sums))
          (local.set $last (i32.add (local.get $sums) (local.get $width)))
          (loop $outputs
            (f64.store (local.get $at) (f64.add
              (f64.load (local.get $at))
              (f64.mul (local.get $scale) (f64.load (local.get $held)))))
            (local.set $at (i32.add (local.get $at) (i32.const 8)))
            (local.set $held (i32.add (local.get $held) (i32.const 8)))
            (br_if $outputs (i32.lt_u (local.get $at) (local.get $last))))))
      (local.set $sums (i32.add (local.get $sums) (local.get $width)))
      (local.set $leaves (i32.add (local.get $leaves) (i32.const 4)))
      (br_if $next (i32.lt_u (local.get $leaves) (local.get $end))))))
