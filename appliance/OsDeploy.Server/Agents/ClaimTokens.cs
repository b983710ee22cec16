using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OsDeploy.Api.Jobs;

namespace OsDeploy.Server.Agents;

/// <summary>How a presented claim token stands to a job.</summary>
internal enum ClaimStanding
{
    /// <summary>It is the job's present one: this is the computer that had it before.</summary>
    Good,

    /// <summary>It was good once, and has been used: somebody keeps copies.</summary>
    Replayed,

    /// <summary>It never belonged to this job.</summary>
    Foreign,
}

/// <summary>
/// The token with which a restarted computer takes its job again. It is computed from the job and its fence, so that nothing needs to
/// be kept, an order that is sent twice carries the same one, and the next claim ends it.
/// </summary>
/// <param name="key">32 bytes that never leave the appliance.</param>
internal sealed class ClaimTokens(byte[] key)
{
    private const int Size = 16;
    private const long FencesRemembered = 1000;

    public string Of(Job job) => Of(job.Id, job.Fence);

    public ClaimStanding Judge(Job job, string token)
    {
        if (IsEqual(Of(job.Id, job.Fence), token))
        {
            return ClaimStanding.Good;
        }

        for (var fence = job.Fence - 1; fence > Math.Max(0, job.Fence - FencesRemembered); fence--)
        {
            if (IsEqual(Of(job.Id, fence), token))
            {
                return ClaimStanding.Replayed;
            }
        }

        return ClaimStanding.Foreign;
    }

    private string Of(string job, long fence)
    {
        var mac = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"claim {job} {fence}")));
        return Convert.ToHexStringLower(mac.AsSpan(0, Size));
    }

    private static bool IsEqual(string good, string presented) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(good), Encoding.UTF8.GetBytes(presented));
}
