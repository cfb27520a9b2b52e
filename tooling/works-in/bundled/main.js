import { tellRoute } from './route.js';
import { tellStory } from './story.js';

tellRoute().then(tellStory).then(console.log);
