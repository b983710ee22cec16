using System.Text.Json;
using System.Text.Json.Serialization;
using OsDeploy.Storage;

namespace OsDeploy.Agent;

/// <param name="Job">For people who look into the file.</param>
internal sealed record SavedClaim(string Job, string Claim);

/// <summary>The token of the job under way, for the next start of this program on this computer. One that cannot be read counts as none.</summary>
internal sealed class ClaimFile(string? path)
{
    public string? Read()
    {
        try
        {
            return path is null ? null : JsonSerializer.Deserialize(File.ReadAllBytes(path), ClaimJson.Default.SavedClaim)?.Claim;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <exception cref="UserErrorException"><c>disk-full</c>, <c>disk-write-failed</c>, <c>write-denied</c></exception>
    public void Write(string job, string claim)
    {
        if (path is not null)
        {
            DurableFile.WriteSecret(path, JsonSerializer.SerializeToUtf8Bytes(new SavedClaim(job, claim), ClaimJson.Default.SavedClaim));
        }
    }

    public void Remove()
    {
        if (path is not null && File.Exists(path))
        {
            DurableFile.Delete(path);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SavedClaim))]
internal sealed partial class ClaimJson : JsonSerializerContext;
