import { scheduleOnce } from '../../src/planner/schedule/schedule-once';
import { callOf, compareResult, type RecordedSchedule } from './schedule-support';
import { describeTopic } from './support';

describeTopic<RecordedSchedule>('static_weight', (recorded, karmada) => {
  const { binding, clusters, options } = callOf(recorded, karmada);
  return compareResult(recorded, scheduleOnce(binding, clusters, options));
});
