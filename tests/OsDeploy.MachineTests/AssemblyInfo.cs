// One test at a time: a program that is just being started for one test holds the files another test has open for a moment, which
// makes an unmount fail as busy. Two processors are no slower this way.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
