;; Finds the leaf of each row of samples, four rows at once so that none waits for another's memory.
;;
;; A node takes 16 bytes: place of its feature in bytes, threshold (float32), left and right child (addresses).
;; A leaf is its own child on both sides.
(module
  (import "env" "memory" (memory 1))

  ;; The count of rows is a multiple of 4; their leaves' addresses go to `leaves`.
  (func (export "walk")
    (param $root i32) (param $samples i32) (param $width i32) (param $rows i32) (param $leaves i32)
    (local $at0 i32) (local $at1 i32) (local $at2 i32) (local $at3 i32)
    (local $to0 i32) (local $to1 i32) (local $to2 i32) (local $to3 i32)
    (local $x1 i32) (local $x2 i32) (local $x3 i32)
    (block $done (loop $next
      (br_if $done (i32.le_s (local.get $rows) (i32.const 0)))
      (local.set $x1 (i32.add (local.get $samples) (local.get $width)))
      (local.set $x2 (i32.add (local.get $x1) (local.get $width)))
      (local.set $x3 (i32.add (local.get $x2) (local.get $width)))
      (local.set $to0 (local.get $root))
      (local.set $to1 (local.get $root))
      (local.set $to2 (local.get $root))
      (local.set $to3 (local.get $root))
      (loop $down
        (local.set $at0 (local.get $to0))
        (local.set $at1 (local.get $to1))
        (local.set $at2 (local.get $to2))
        (local.set $at3 (local.get $to3))
        ;; A child is loaded from a computed place, not chosen by a branch that would be guessed wrong half the time.
        (local.set $to0 (i32.load offset=8 (i32.add (local.get $at0) (i32.shl
          (f32.gt
            (f32.load (i32.add (local.get $samples) (i32.load (local.get $at0))))
            (f32.load offset=4 (local.get $at0)))
          (i32.const 2)))))
        (local.set $to1 (i32.load offset=8 (i32.add (local.get $at1) (i32.shl
          (f32.gt
            (f32.load (i32.add (local.get $x1) (i32.load (local.get $at1))))
            (f32.load offset=4 (local.get $at1)))
          (i32.const 2)))))
        (local.set $to2 (i32.load offset=8 (i32.add (local.get $at2) (i32.shl
          (f32.gt
            (f32.load (i32.add (local.get $x2) (i32.load (local.get $at2))))
            (f32.load offset=4 (local.get $at2)))
          (i32.const 2)))))
        (local.set $to3 (i32.load offset=8 (i32.add (local.get $at3) (i32.shl
          (f32.gt
            (f32.load (i32.add (local.get $x3) (i32.load (local.get $at3))))
            (f32.load offset=4 (local.get $at3)))
          (i32.const 2)))))
        (br_if $down (i32.or
          (i32.or (i32.xor (local.get $at0) (local.get $to0)) (i32.xor (local.get $at1) (local.get $to1)))
          (i32.or (i32.xor (local.get $at2) (local.get $to2)) (i32.xor (local.get $at3) (local.get $to3))))))
      (i32.store (local.get $leaves) (local.get $to0))
      (i32.store offset=4 (local.get $leaves) (local.get $to1))
      (i32.store offset=8 (local.get $leaves) (local.get $to2))
      (i32.store offset=12 (local.get $leaves) (local.get $to3))
      (local.set $leaves (i32.add (local.get $leaves) (i32.const 16)))
      (local.set $samples (i32.add (local.get $x3) (local.get $width)))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 4)))
      (br $next)))))
