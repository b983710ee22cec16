using OsDeploy.Lab.Wires;

namespace OsDeploy.MachineTests.Boot;

/// <summary>Networks for one test.</summary>
internal static class TestNetwork
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <param name="purpose">Begins its name.</param>
    public static Task<NetworkNamespace> CreateAsync(string purpose) => CreateNamedAsync($"osd-{purpose}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <param name="name">Of no other that is in use; one that a killed test has left goes.</param>
    public static Task<NetworkNamespace> CreateNamedAsync(string name)
    {
        Root.OrSkip();
        Assert.SkipUnless(Command.WhyMissing("ip") is null, "iproute2 is not installed");
        return NetworkNamespace.CreateAsync(name, Cancel);
    }
}
