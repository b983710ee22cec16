using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Agents;

namespace OsDeploy.Agent;

/// <summary>Looks now and then whether something was plugged in or out, while a computer waits.</summary>
internal sealed class HardwareWatch(Computer computer, TimeProvider time)
{
    private static readonly TimeSpan s_every = TimeSpan.FromMinutes(1);

    private long _looked = time.GetTimestamp();

    /// <returns>What to say from now on; the very same if nothing has changed.</returns>
    public async Task<Hello> RefreshAsync(Hello said, CancellationToken cancel)
    {
        if (time.GetElapsedTime(_looked) < s_every)
        {
            return said;
        }

        _looked = time.GetTimestamp();
        try
        {
            var (identity, inventory) = await computer.ReadAsync(cancel);
            var now = said with { Identity = identity, Inventory = inventory };
            return TextOf(now) == TextOf(said) ? said : now;
        }
        catch (Exception e) when (e is UserErrorException or IOException or UnauthorizedAccessException)
        {
            return said; // something is just being unplugged
        }
    }

    private static string TextOf(Hello hello) => JsonSerializer.Serialize(hello, ApiJson.Default.Hello);
}
