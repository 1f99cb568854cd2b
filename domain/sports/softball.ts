import type { Rules } from '#domain/parts/diamond.ts'
import type { RulePack, Sport } from '#domain/sport.ts'
import { sport as baseball, obr } from './baseball.ts'

/** Seven innings, seven runs for a forfeit (WBSC Softball rules 4). */
const seven: Rules = { ...obr, innings: 7, forfeitScore: 7 }
const slow: Rules = { ...seven, foulOut: true, mercyLead: 20, mercyInning: 4, mercyLead2: 15, mercyInning2: 5 }

const packs: readonly RulePack<Rules>[] = [
  {
    id: 'wbsc',
    name: 'WBSC fast pitch',
    version: '2022',
    from: '1970-01-01',
    isDefault: true,
    source:
      'WBSC Softball playing rules, rule 4: seven innings; 15 runs after three, 10 after four, 7 after five; a runner on second from the eighth',
    values: { ...seven, extraRunners: '2', mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, mercyLead3: 7, mercyInning3: 5 },
  },
  {
    id: 'ncaa',
    name: 'NCAA',
    version: '2024',
    from: '2024-01-01',
    source: 'NCAA Softball Rules 2024: eight runs after five innings, a runner on second from the eighth',
    values: { ...seven, extraRunners: '2', mercyLead: 8, mercyInning: 5 },
  },
  {
    id: 'nfhs',
    name: 'US high school (NFHS)',
    version: '2024',
    from: '2024-01-01',
    source: 'NFHS Softball Rules Book 2024, rule 4-2: seven innings; 15 runs after three or 10 after five where the state adopts it',
    values: { ...seven, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 5 },
  },
  {
    id: 'little-league',
    name: 'Little League, six innings',
    version: '2024',
    from: '2024-01-01',
    source: 'Little League Softball 4.10(e): 15 runs after three innings, 10 after four',
    values: { ...seven, innings: 6, mercyLead: 15, mercyInning: 3, mercyLead2: 10, mercyInning2: 4, forfeitScore: 6 },
  },
  {
    id: 'slow-pitch',
    name: 'Slow pitch',
    version: '2022',
    from: '1970-01-01',
    source: 'WBSC Softball playing rules, slow pitch: 20 runs after four innings, 15 after five; a foul after two strikes is out',
    values: slow,
  },
  {
    id: 'slow-pitch-one-one',
    name: 'Slow pitch, one and one',
    version: '2022',
    from: '1970-01-01',
    source: 'Recreational slow pitch: as the slow-pitch rules, every turn at bat begins with one ball and one strike',
    values: { ...slow, startBalls: 1, startStrikes: 1 },
  },
]

/** Everything but the numbers is baseball's. */
export const sport: Sport = { ...baseball, id: 'softball', name: 'Softball', packs }
