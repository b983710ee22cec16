using System.Text;
using OsDeploy.Storage;
using OsDeploy.SystemImages;

namespace OsDeploy.ImageBuilder.Appliance;

/// <summary>What signs an appliance: a key that was named, or one that is drawn once and stays on this computer, outside of the repository.</summary>
/// <param name="PublicKey">PEM.</param>
internal sealed record SigningKey(string PrivateKey, string PublicKey, bool IsDevelopment)
{
    private const string DevelopmentKey = "development-key.pem";

    /// <exception cref="UserErrorException"><c>sign-key</c>, <c>system-image-key</c></exception>
    public static SigningKey Of(ApplianceOptions options)
    {
        var path = options.SignKey ?? Path.Combine(options.Artifacts, DevelopmentKey);
        if (options.SignKey is null && !File.Exists(path))
        {
            DurableFile.WriteSecret(path, Encoding.ASCII.GetBytes(SystemSignature.NewKey()));
        }

        try
        {
            var key = File.ReadAllText(path);
            return new SigningKey(key, SystemSignature.PublicHalf(key), options.SignKey is null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.SignKey(path, e);
        }
    }

    // Never its private half.
    public override string ToString() => IsDevelopment ? "development key" : "release key";
}
