export { FORTNIGHT_MS, playStory, startOf, storyPermissions } from './story.js'
export type { StoryDelivery, StoryOptions } from './world.js'
export { textAt, valueAt } from './value-at.js'
