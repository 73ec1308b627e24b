import type { Repository } from '../../github/index.js'
import type { Team } from '../payloads/settings.js'
import type { Stage } from '../stage.js'
import { DAY, HOUR, MINUTE, SECOND } from '../time.js'
import type { Act } from '../world.js'
import {
  addMember,
  changeOrganizationMember,
  changeTeam,
  giveTeamAccess,
  publish,
} from './settings.js'

const BUILDERS: Team = {
  id: 13_204_117,
  name: 'Builders',
  slug: 'builders',
  description: 'Everybody who builds',
  permission: 'push',
}

/** Lena joins: the organisation, a team, and what the team may touch. */
export function* welcomeLena(stage: Stage): Act {
  const { lena, mira, samuel } = stage.cast
  const { timetable, shop } = stage.places
  changeOrganizationMember(stage, 'member_added', { member: lena, by: mira })
  yield 20 * MINUTE
  changeTeam(stage, 'added', { member: lena, by: mira, team: BUILDERS })
  yield 6 * MINUTE
  giveTeamAccess(stage, timetable.repository, BUILDERS, samuel)
  giveTeamAccess(stage, shop.repository, BUILDERS, samuel)
}

/** A contractor gets more than the work needs: the door through which the attack comes a week later. */
export function* hireRaj(stage: Stage): Act {
  const { raj, mira } = stage.cast
  const { timetable, shop } = stage.places
  addMember(stage, shop.repository, { member: raj, by: mira, role: 'write' })
  yield 2 * HOUR
  addMember(stage, timetable.repository, { member: raj, by: mira, role: 'admin' })
  yield 3 * DAY
  changeTeam(stage, 'added', { member: raj, by: mira, team: BUILDERS })
}

/** The network drops one of our answers, and GitHub delivers that once more with the same id. */
export function* openTheDocs(stage: Stage, repository: Repository): Act {
  const delivery = publish(stage, repository, stage.cast.mira)
  yield 8 * SECOND
  stage.world.repeat(delivery)
}
