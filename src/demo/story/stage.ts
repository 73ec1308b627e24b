import type { Cast } from './cast.js'
import type { Places } from './places.js'
import type { World } from './world.js'

/** All that an act needs: the world, who is in it, and where. */
export interface Stage {
  readonly world: World
  readonly cast: Cast
  readonly places: Places
}
