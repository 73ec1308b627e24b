/** Room at the beginning: grows by doubling, and a batch is seldom larger. */
const INITIAL_BYTES = 262_144
/** More than this is not kept for the next use. */
const KEPT_BYTES = 4 * 1024 * 1024

/** UTF-8 takes at most three bytes for a UTF-16 code unit. */
const MOST_BYTES_PER_UNIT = 3

/** Shorter text is written here rather than by Node, whose call costs more than the loop. */
const SHORT = 40

/**
 * Writes big-endian numbers, text and bytes one after the other. Its room is used again and again: to allocate it for each
 * batch kept the garbage collector busy.
 */
export class ByteWriter {
  #buffer = Buffer.allocUnsafe(INITIAL_BYTES)
  #at = 0

  /** Forgets what is written: also what a writing that failed left behind. */
  restart(): void {
    this.#at = 0
  }

  int8(value: number): void {
    this.#reserve(1)
    this.#buffer[this.#at++] = value
  }

  int16(value: number): void {
    this.#reserve(2)
    this.#at = this.#buffer.writeInt16BE(value, this.#at)
  }

  int32(value: number): void {
    this.#reserve(4)
    this.#at = this.#buffer.writeInt32BE(value, this.#at)
  }

  /** A whole number of at most 64 bits, as exact as a double holds it. */
  int64(value: number): void {
    this.#reserve(8)
    const high = Math.floor(value / 2 ** 32)
    this.#at = this.#buffer.writeInt32BE(high, this.#at)
    this.#at = this.#buffer.writeUInt32BE(value - high * 2 ** 32, this.#at)
  }

  raw(bytes: Uint8Array): void {
    this.#reserve(bytes.length)
    this.#buffer.set(bytes, this.#at)
    this.#at += bytes.length
  }

  hex(digits: string): void {
    this.#reserve(digits.length / 2)
    this.#at += this.#buffer.write(digits, this.#at, 'hex')
  }

  /** In UTF-8. */
  text(value: string): void {
    this.#reserve(value.length * MOST_BYTES_PER_UNIT)
    if (value.length > SHORT || !this.#ascii(value)) {
      this.#at += this.#buffer.write(value, this.#at, 'utf8')
    }
  }

  /** Room for the length of what follows, which `closeLength` fills in. */
  openLength(): number {
    this.#reserve(4)
    this.#at += 4
    return this.#at
  }

  closeLength(at: number): void {
    this.#buffer.writeInt32BE(this.#at - at, at - 4)
  }

  /** Whether everything that was written stands at this place of other bytes. */
  isAt(bytes: Buffer, at: number): boolean {
    const end = at + this.#at
    return end <= bytes.length && this.#buffer.compare(bytes, at, end, 0, this.#at) === 0
  }

  /** A copy of everything that was written. */
  copy(): Buffer {
    const bytes = Buffer.from(this.#buffer.subarray(0, this.#at))
    if (this.#buffer.length > KEPT_BYTES) this.#buffer = Buffer.allocUnsafe(INITIAL_BYTES)
    return bytes
  }

  /** Writes text that is ASCII; leaves other text alone and says so. */
  #ascii(value: string): boolean {
    const buffer = this.#buffer
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index)
      if (unit > 0x7f) return false
      buffer[this.#at + index] = unit
    }
    this.#at += value.length
    return true
  }

  #reserve(bytes: number): void {
    const needed = this.#at + bytes
    if (needed <= this.#buffer.length) return
    const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2))
    this.#buffer.copy(grown, 0, 0, this.#at)
    this.#buffer = grown
  }
}
