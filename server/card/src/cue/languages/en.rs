//! English.

use protocol::FactKind::*;

use super::Language;

/// Its cues.
pub const LANGUAGE: Language = Language {
    name: "my name is|my name s|the name is|the name s|name is|my full name is|i am called|you can call me|this is mr\
        |this is mrs|this is ms",
    i_am: "i am|i m|im|this is|it is|it s",
    regards: "regards|best regards|kind regards|best wishes|sincerely|yours sincerely|cheers|thanks|many thanks|thank you\
        |yours|best|warm regards",
    slots: &[
        (Name, "name|full name|first name|last name|surname|first and last name"),
        (Email, "email|e mail|email address|e mail address|mail address|email id"),
        (Phone, "phone|phone number|telephone|telephone number|mobile|mobile number|cell number|cell|contact number\
            |number to reach you|number to call|number to reach you on|phone no"),
        (Account, "username|user name|user id|account id|account number|account name|login|login name|customer number\
            |customer id|client number"),
        (Membership, "membership level|member level|membership|membership status|membership tier|loyalty level|loyalty tier"),
        (Order, "order number|order id|order no|order numbers|order reference|booking number|booking reference\
            |purchase number|purchase id|confirmation number|order code"),
        (Reference, "tracking number|tracking id|tracking code|tracking no|tracking|invoice number|invoice|ticket number\
            |ticket|serial number|reference number|case number|parcel number|reference"),
        (Product, "product|product name|item|item name|model|name of the product|name of the item|model name"),
        (Amount, "amount|total|total amount|purchase amount"),
        (Date, "date of purchase|purchase date|order date|date of the order|date of your order|date of the purchase"),
        (Address, "address|shipping address|delivery address|billing address|home address|street address|postal address\
            |mailing address|full address"),
        (Postcode, "zip|zip code|zipcode|postcode|post code|postal code"),
        (Reason, "reason|reason for the return|reason for your return|reason for the refund"),
    ],
    order: "order|orders|booking|purchase|my order|order number|order numbers",
    asking: &[
        (Order, "which order|what order"),
        (Product, "which product|which item|what product|what item|what did you buy|what did you order\
            |what would you like to return"),
        (Date, "when did you buy|when did you order|when did you purchase|when did you place|when was the order placed\
            |when was it bought|when was it ordered|when was the purchase made"),
        (Amount, "how much did you pay|how much were you charged|how much was it|how much was the order\
            |how much were you billed"),
        (Name, "what are you called|who am i speaking with|who am i speaking to|who am i chatting with\
            |whom am i speaking with|who do i have the pleasure"),
        (Reason, "why are you returning|why do you want to return|why would you like to return|why did you return\
            |what is the problem with|what s wrong with|what went wrong|why do you want to cancel\
            |what seems to be wrong"),
        (Address, "where do you live|where should we send|where was it sent|where is it being shipped"),
        (Phone, "how can we call you|what number can we reach you|what s the best number|what is the best number"),
    ],
    request: "what is|what s|whats|what was|what are|what|which|which is|i need|i ll need|i d need|i will need\
        |i would need|we need|we ll need|we d need|we will need|we would need|i just need|i ll just need\
        |i d just need|i ll also need|i also need|i still need|i d also need|we just need|let me have|let me know\
        |remind me of|how about|i d like|looking for|just need",
    may_i: "may i|can i|could i|can we|could we|may we|might i|could i please|may i please|can i please|i d like to\
        |i would like to|let me|i have to|i need to",
    have: "have|get|ask|ask for|ask you for|know|take|grab|see|note down|bother you for",
    can_you: "can you|could you|would you|will you|please|kindly|you would|you could|would you mind|do you mind|mind\
        |i need you to|i ll need you to|ask you to|would you be able to|are you able to|can u|if you could\
        |if you can|pls",
    give: "give|provide|share|send|tell|confirm|verify|supply|state|type|enter|spell|remind me of|let me have\
        |let me know|pass|giving|providing|sharing|sending|telling|confirming|verifying|provide me with\
        |provide us with|give me|tell me|send me|share with me|supply me with|list|specify",
    please: "please|pls|plz",
    filler: "your|the|a|an|me|us|and|or|with|please|also|both|full|complete|associated|registered|best|valid|of|is|was\
        |it|again|kindly|just|as well as|in|s|that|both your|for me|exact|current|then|so|first|to|customer|either\
        |plus|the following",
    after: "on|for|with|associated|linked|registered|you|that|so|please|again|to|did|used|at|as|if|and|or|is|was|it|then\
        |i|we|under|of|first|now|here|thanks|the|account|order|file|your|instead|too|when|before|in case|exactly\
        |did you use|this",
    is: "is|s|was|are|number|no|nr|num|id|it|the|this|that|my|here|here s|would be|should be|reference|with|code",
    wish: "i want|i d like|i would like|i need|i wanted|i wish|i was wondering|im wondering|i m wondering\
        |i am wondering|can you|could you|can i|could i|may i|would you|please|help me|just wanted to|wanted to\
        |i m looking|i am looking|im looking|looking for|looking to|trying to|i m trying to|i m calling|i m writing\
        |i have a question|tell me|do you|how do i|how can i|let me know|i would love|i d love|how much|how long\
        |where is|where s|what is|is there",
    tried: "i already tried|already tried|i tried|i ve tried|i have tried|ive tried|i have already|i ve already\
        |i did try|we tried|we have tried|we ve tried|i also tried|tried to|i restarted|i rebooted|i ve reset\
        |i even tried|i keep trying",
    bought: "i bought|i ordered|i purchased|i have bought|i have ordered|i ve bought|i ve ordered|i just bought\
        |i just ordered|i recently bought|i recently ordered|i recently purchased|we bought|we ordered|bought\
        |ordered|purchased|return|exchange|send back|returning|exchanging|return of",
    stop: "and|but|hasn|haven|isn|didn|doesn|won|yet|while|between|through|recently|wrong|spelled|misspelled|incorrect|missing|different|written|i|my|is|in|on|at|with|from|for|a|an|that|which|it|its|they|we|you|so|because|here|calling|writing|to\
        |not|last|this|yesterday|today|was|were|has|have|had|or|when|who|order|email|phone|account|number|by|as|if\
        |then|than|there|their|your|his|her|could|would|can|arrived|came|online|off|back|after|before|since|ago|are\
        |am|all|about|again|like|please|whose|m|ve|s|re|ll|d|don|t|the|these|those|some|any|two|three|twice|once|via",
    small: "yes|no|ok|okay|sure|hi|hello|hey|thanks|thank|please|great|perfect|fine|cool|good|bad|none|nothing|what|why\
        |how|who|where|when|which|sorry|wait|moment|course|yep|nope|yeah|worries|problem|problems|know|don|not|dont\
        |i|it|that|this|is|am|are|you|do|can|right|correct|exactly|later|bye|help|human|agent|person|too|idea|all\
        |one|still|me|just|nvm|never|again|see|above|already|told|same|done|awesome|alright|lol\
        |hmm|got|need|want|let|new|maybe|think|sec|second|minute|back|here|there|now|so|the|for|and|morning\
        |afternoon|evening|night|day|nice|very|much|calling|looking|trying|having|getting|guest|customer|member\
        |happy|sad|upset|angry|unhappy|afraid|really",
    thing: "anything|everything|nothing|recently|abroad|overseas|rate|rates|fee|fees|item|items|order|orders|product|products|package|parcel|thing|things|something|one|ones|refund|stuff|money\
        |it|them|these|this|that|label|number|policy|purchase|back|return|few|couple|lot",
    months: "january,jan|february,feb|march,mar|april,apr|may|june,jun|july,jul|august,aug|september,sept,sep|october,oct\
        |november,nov|december,dec",
    tiers: "bronze|silver|gold|platinum|diamond|premium|vip|guest|basic|plus",
    days: "yesterday|today|last week|last month|this morning|last night|a week ago|days ago|weeks ago|months ago\
        |last year|last monday|last tuesday|last wednesday|last thursday|last friday|last saturday|last sunday",
    money: "dollar|dollars|bucks|euro|euros|pounds|quid|usd|eur|gbp|cents",
    street_first: "",
    street_last: "st|street|ave|avenue|rd|road|ln|lane|dr|drive|blvd|boulevard|way|court|ct|square|sq|terrace|place|pl|close\
        |crescent|parkway|highway|hwy",
};
