import { OLDEST } from '../../scripts/home-assistant/versions';
import { describeHome } from './suites/home';

describeHome(OLDEST);
