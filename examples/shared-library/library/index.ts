export { fleet } from './fleet';
export { TeamService, type TeamServiceProps } from './team-service';
export { tiers } from './tiers';
