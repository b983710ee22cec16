using OsDeploy.MachineTests.Stores;
using Xunit.MicrosoftTestingPlatform;

namespace OsDeploy.MachineTests;

/// <summary>Runs the tests; or, for tests that need a process to kill, works in a store.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args switch
    {
        [StoreWorker.Verb, var store, var log, var seed] => StoreWorker.RunAsync(store, log, seed),
        [DocumentWorker.Verb, var data, var log] => Task.FromResult(DocumentWorker.Run(data, log)),
        _ => TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    };
}
