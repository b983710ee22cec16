namespace OsDeploy.Tests;

/// <summary>
/// Random tests are repeatable: the seed comes from <c>OSDEPLOY_SEED</c> or is fixed, and every failure prints it.
/// </summary>
internal static class Seeded
{
    private const int Usual = 20261120;

    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("OSDEPLOY_SEED"), out var seed) ? seed : Usual;

    /// <summary>Runs a case per number, each with its own generator; a failure names the seed and the case.</summary>
    public static void Cases(int count, Action<Random> test)
    {
        for (var number = 0; number < count; number++)
        {
            try
            {
                test(new Random(Seed + (number * 7919)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Case {number} with OSDEPLOY_SEED={Seed}: {e.Message}", e);
            }
        }
    }

    public static async Task CasesAsync(int count, Func<Random, Task> test)
    {
        for (var number = 0; number < count; number++)
        {
            try
            {
                await test(new Random(Seed + (number * 7919)));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Case {number} with OSDEPLOY_SEED={Seed}: {e.Message}", e);
            }
        }
    }
}
