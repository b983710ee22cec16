using OsDeploy.MachineTests.Stores;
using Xunit.MicrosoftTestingPlatform;

namespace OsDeploy.MachineTests;

/// <summary>Runs the tests; or, for tests that need a process to kill, works in a store.</summary>
internal static class Program
{
    public static Task<int> Main(string[] args) => args is [StoreWorker.Verb, var store, var log, var seed]
        ? StoreWorker.RunAsync(store, log, seed)
        : TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
}
