export { playStory } from './story.js'
export type { StoryDelivery, StoryOptions } from './world.js'
