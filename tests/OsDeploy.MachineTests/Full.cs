namespace OsDeploy.MachineTests;

/// <summary>How often a random test repeats: a few times by default, often with <c>./build.sh test --full</c>.</summary>
internal static class Full
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("OSDEPLOY_FULL") == "1";

    public static int Times(int quick, int full) => IsAsked ? full : quick;
}
