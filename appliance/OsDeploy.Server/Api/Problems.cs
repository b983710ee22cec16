using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using OsDeploy.Api;
using OsDeploy.Chunks;

namespace OsDeploy.Server.Api;

/// <summary>Turns what a handler throws into an answer the other end turns back into the same error.</summary>
internal static class Problems
{
    public static UserErrorException Of(BadHttpRequestException refused) => refused.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => Errors.RequestTooLarge(),
        StatusCodes.Status408RequestTimeout => Errors.RequestTooSlow(),
        _ => Errors.RequestMalformed(refused.Message, refused),
    };

    public static Task WriteAsync(HttpContext context, UserErrorException error, IReadOnlyList<ChunkId>? missing = null)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        var status = StatusOf(error.Code);
        var problem = new Problem(status, ReasonPhrases.GetReasonPhrase(status), error.Message, error.Code, error.Hint, missing);
        context.Response.StatusCode = status;
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer"; // RFC 9110 section 11.6.1 wants it with every 401
        }

        return context.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, Problem.MediaType);
    }

    // The agent goes by the code; the status is for caches, logs and other programs.
    private static int StatusOf(string code) => code switch
    {
        "request-malformed" => StatusCodes.Status400BadRequest,
        "not-logged-in" or "agent-unknown" or "login-failed" => StatusCodes.Status401Unauthorized,
        "not-allowed" or "outside-your-rooms" or "lab-not-allowed" or "restore-not-open" or "password-wrong" or "secrets-released" => StatusCodes.Status403Forbidden,
        "hello-too-often" or "login-too-often" => StatusCodes.Status429TooManyRequests,
        "request-too-slow" => StatusCodes.Status408RequestTimeout,
        "request-too-large" => StatusCodes.Status413PayloadTooLarge,
        "helper-missing" or "helper-busy" or "helper-silent" or "helper-stopping" => StatusCodes.Status503ServiceUnavailable,
        "store-pruning" => StatusCodes.Status503ServiceUnavailable, // over soon: the agent asks again
        "disk-full" => StatusCodes.Status507InsufficientStorage,
        "version-gone" or "lease-unknown" => StatusCodes.Status404NotFound,
        "server-fault" => StatusCodes.Status500InternalServerError,
        _ when code.EndsWith("-missing", StringComparison.Ordinal) && code != "chunks-missing" => StatusCodes.Status404NotFound,
        "computer-name" or "host-mac-needed" or "host-name-needed" or "host-mac-twice" or "host-unknowable" => StatusCodes.Status422UnprocessableEntity,
        _ when code.EndsWith("-rejected", StringComparison.Ordinal) || code.EndsWith("-invalid", StringComparison.Ordinal) =>
            StatusCodes.Status422UnprocessableEntity,
        _ when code.EndsWith("-damaged", StringComparison.Ordinal) || code.EndsWith("-failed", StringComparison.Ordinal) =>
            StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status409Conflict,
    };
}
